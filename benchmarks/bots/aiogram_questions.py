"""Three questions with aiogram-dialog, kept in memory, which is where it keeps them unless told otherwise."""

from aiogram import Dispatcher
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message
from aiogram_bot import poll
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.text import Const


class Questions(StatesGroup):
    """Where one is."""

    first = State()
    second = State()
    third = State()
    over = State()


async def answered(message: Message, _widget: MessageInput, manager: DialogManager) -> None:
    """Keep the answer, and go on."""
    manager.dialog_data[str(manager.current_context().state)] = message.text
    await manager.next()


def window(text: str, state: State) -> Window:
    """A question."""
    return Window(Const(text), MessageInput(answered), state=state)


dispatcher = Dispatcher()


@dispatcher.message(CommandStart())
async def start(_message: Message, dialog_manager: DialogManager) -> None:
    """Ask the first question."""
    await dialog_manager.start(Questions.first, mode=StartMode.RESET_STACK)


dispatcher.include_router(
    Dialog(
        window("First question?", Questions.first),
        window("Second question?", Questions.second),
        window("Third question?", Questions.third),
        Window(Const("Thank you."), state=Questions.over),
    )
)
setup_dialogs(dispatcher)
poll(dispatcher)
