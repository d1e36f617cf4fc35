"""Whose turn it is."""

import threading
from threading import Event

from hypothesis import given
from hypothesis import strategies as st

from rag.models.queue import Ticket, Turns
from tests.waiting import PATIENCE, until


def served(turns: Turns, tickets: list[Ticket]) -> list[Ticket]:
    """The order in which waiting tickets come to their turn."""
    order = []
    while waiting := [ticket for ticket in tickets if ticket not in order]:
        (first,) = [ticket for ticket in waiting if ticket.is_first]
        order.append(first)
        first.leave()
    return order


def test_one_question_of_another_user_does_not_wait_for_all_of_the_first() -> None:
    turns = Turns()
    many = [turns.enter("anna") for _ in range(5)]
    one = turns.enter("ben")
    assert turns.before(one) == 1
    assert served(turns, [*many, one])[:3] == [many[0], one, many[1]]


def test_a_user_who_was_just_served_comes_after_one_who_was_not() -> None:
    turns = Turns()
    first = turns.enter("anna")
    again, ben = turns.enter("anna"), turns.enter("ben")
    first.leave()
    assert ben.is_first
    assert turns.before(again) == 1


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12))
def test_everybody_is_served_once_and_their_own_questions_in_order(users: list[str]) -> None:
    turns = Turns()
    tickets = [turns.enter(user) for user in users]
    assert sorted(turns.before(ticket) for ticket in tickets) == list(range(len(tickets)))
    order = served(turns, tickets)
    assert len(order) == len(tickets)
    for user in set(users):
        own = [ticket for ticket in order if ticket.user == user]
        assert own == sorted(own, key=lambda ticket: ticket.arrived)
    rounds = [sorted({t.user for t in order[n : n + len(set(users))]}) for n in (0,)]
    assert rounds[0] == sorted(set(users))


def test_positions_are_told_until_it_is_the_turn() -> None:
    turns = Turns()
    first, second, third = (turns.enter(user) for user in "abc")
    told: list[int] = []
    waiting = threading.Thread(target=lambda: told.extend(third.positions(None)))
    waiting.start()
    until(lambda: told == [2])
    first.leave()
    until(lambda: told == [2, 1])
    second.leave()
    waiting.join(PATIENCE)
    assert not waiting.is_alive()
    assert third.is_first


def test_who_is_cancelled_leaves_the_queue_without_a_turn() -> None:
    turns = Turns()
    first, second, third = (turns.enter(user) for user in "abc")
    cancel = Event()
    cancel.set()
    assert list(second.positions(cancel)) == []
    assert not second.is_first
    second.leave()
    assert turns.before(third) == 1
    first.leave()
    assert third.is_first
