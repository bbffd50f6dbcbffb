"""The methods that write to a chat."""

from __future__ import annotations

from typing import Any

from tests.telegram_api.chats import Chat, Message
from tests.telegram_api.errors import bad_call, bad_request
from tests.telegram_api.formatted import caption_of, text_of
from tests.telegram_api.keyboards import checked
from tests.telegram_api.markup_text import Formatted
from tests.telegram_api.parameters import Upload
from tests.telegram_api.state import State

Arguments = dict[str, Any]
Files = dict[str, Upload]

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


def _post(state: State, arguments: Arguments, formatted: Formatted, **more: Any) -> Arguments:
    chat = state.chats.writable(arguments["chat_id"])
    _check_reply(chat, arguments.get("reply_parameters"))
    markup = checked(arguments.get("reply_markup"), private=chat.kind == "private")
    silent = arguments.get("disable_notification", False)
    sent = state.chats.post(chat, state.bot, formatted, markup=markup, silent=silent, arguments=arguments, **more)
    return sent.as_api()


def _check_reply(chat: Chat, reply: dict[str, Any] | None) -> None:
    if reply and "message_id" in reply and not reply.get("allow_sending_without_reply"):
        chat.find(reply["message_id"], "message to be replied not found")


def send_message(state: State, arguments: Arguments, files: Files) -> Arguments:
    """`sendMessage`."""
    return _post(state, arguments, text_of(arguments))


def send_document(state: State, arguments: Arguments, files: Files) -> Arguments:
    """`sendDocument`: a file of at most 50 MB, or one that is already on the server."""
    file = _file(arguments["document"], files, most=50_000_000)
    name = file.filename if file else arguments["document"]
    content = {"file_id": f"doc-{name}", "file_unique_id": f"d-{name}", "file_name": name}
    return _post(state, arguments, caption_of(arguments), kind="document", content=content, file=file)


def send_photo(state: State, arguments: Arguments, files: Files) -> Arguments:
    """`sendPhoto`: at most 10 MB."""
    file = _file(arguments["photo"], files, most=10_000_000)
    name = file.filename if file else arguments["photo"]
    content = [{"file_id": f"photo-{name}", "file_unique_id": f"p-{name}", "width": 90, "height": 90}]
    return _post(state, arguments, caption_of(arguments), kind="photo", content=content, file=file)


def _file(given: str, files: Files, most: int) -> Upload | None:
    file = files.get(given.removeprefix("attach://"))
    if file and not file.content:
        raise bad_call("file must be non-empty")
    if file and len(file.content) > most:
        raise bad_call("Request Entity Too Large")
    return file


def send_any(state: State, arguments: Arguments, files: Files) -> Arguments:
    """Any other method that puts a message into a chat: the message stands there with what it was sent with."""
    return _post(state, arguments, caption_of(arguments), kind="other", content=dict(arguments))


def edit_text(state: State, arguments: Arguments, files: Files) -> Arguments:
    """`editMessageText` of the bot's own message. One without `reply_markup` takes the buttons away."""
    chat, message = _to_edit(state, arguments)
    if message.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _edited(chat, message, text_of(arguments), arguments)


def edit_caption(state: State, arguments: Arguments, files: Files) -> Arguments:
    """`editMessageCaption`."""
    chat, message = _to_edit(state, arguments)
    return _edited(chat, message, caption_of(arguments), arguments)


def edit_markup(state: State, arguments: Arguments, files: Files) -> Arguments:
    """`editMessageReplyMarkup`."""
    chat, message = _to_edit(state, arguments)
    return _edited(chat, message, message.formatted, arguments)


def _to_edit(state: State, arguments: Arguments) -> tuple[Chat, Message]:
    if "chat_id" not in arguments or "message_id" not in arguments:
        raise bad_call("message identifier is not specified")
    chat = state.chats.writable(arguments["chat_id"])
    message = chat.find(arguments["message_id"], "message to edit not found")
    if not message.from_bot or (message.markup and "inline_keyboard" not in message.markup):
        raise bad_request("message can't be edited")
    return chat, message


def _edited(chat: Chat, message: Message, formatted: Formatted, arguments: Arguments) -> Arguments:
    markup = checked(arguments.get("reply_markup"), private=chat.kind == "private")
    if (formatted, markup) == (message.formatted, message.markup):
        raise bad_request(_NOT_MODIFIED)
    message.formatted, message.markup, message.edited = formatted, markup, True
    chat.note("edited", message)
    return message.as_api()


def delete(state: State, arguments: Arguments, files: Files) -> bool:
    """`deleteMessage`."""
    chat = state.chats.writable(arguments["chat_id"])
    message = chat.find(arguments["message_id"], "message to delete not found")
    message.deleted = True
    chat.note("deleted", message)
    return True


def show_action(state: State, arguments: Arguments, files: Files) -> bool:
    """`sendChatAction`."""
    if arguments["action"] not in _ACTIONS:
        raise bad_call("wrong parameter action in request")
    state.chats.writable(arguments["chat_id"]).actions.append(arguments["action"])
    return True


def answer_press(state: State, arguments: Arguments, files: Files) -> bool:
    """`answerCallbackQuery`."""
    state.queries.answer(arguments["callback_query_id"], arguments.get("text"), arguments.get("show_alert", False))
    return True
