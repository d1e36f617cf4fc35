"""The order in which requests are served."""

import threading
from threading import Event

from hypothesis import given
from hypothesis import strategies as st

from rag.models.queue import FairQueue, QueuedRequest
from tests.waiting import PATIENCE, until


def served(queue: FairQueue, requests: list[QueuedRequest]) -> list[QueuedRequest]:
    """The order in which waiting requests are served."""
    order = []
    while waiting := [request for request in requests if request not in order]:
        (first,) = [request for request in waiting if request.is_served]
        order.append(first)
        first.leave()
    return order


def test_one_question_of_another_user_does_not_wait_for_all_of_the_first() -> None:
    queue = FairQueue()
    many = [queue.join("anna") for _ in range(5)]
    one = queue.join("ben")
    assert queue.ahead_of(one) == 1
    assert served(queue, [*many, one])[:3] == [many[0], one, many[1]]


def test_a_user_who_was_just_served_comes_after_one_who_was_not() -> None:
    queue = FairQueue()
    first = queue.join("anna")
    again, ben = queue.join("anna"), queue.join("ben")
    first.leave()
    assert ben.is_served
    assert queue.ahead_of(again) == 1


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=12))
def test_everybody_is_served_once_and_their_own_questions_in_order(users: list[str]) -> None:
    queue = FairQueue()
    requests = [queue.join(user) for user in users]
    assert sorted(queue.ahead_of(request) for request in requests) == list(range(len(requests)))
    order = served(queue, requests)
    assert len(order) == len(requests)
    for user in set(users):
        own = [request for request in order if request.user == user]
        assert own == sorted(own, key=lambda request: request.number)
    rounds = [sorted({one.user for one in order[n : n + len(set(users))]}) for n in (0,)]
    assert rounds[0] == sorted(set(users))


def test_positions_are_reported_until_it_is_served() -> None:
    queue = FairQueue()
    first, second, third = (queue.join(user) for user in "abc")
    positions: list[int] = []
    waiting = threading.Thread(target=lambda: positions.extend(third.positions(None)))
    waiting.start()
    until(lambda: positions == [2])
    first.leave()
    until(lambda: positions == [2, 1])
    second.leave()
    waiting.join(PATIENCE)
    assert not waiting.is_alive()
    assert third.is_served


def test_a_request_that_is_cancelled_leaves_the_queue_without_being_served() -> None:
    queue = FairQueue()
    first, second, third = (queue.join(user) for user in "abc")
    cancel = Event()
    cancel.set()
    assert list(second.positions(cancel)) == []
    assert not second.is_served
    second.leave()
    assert queue.ahead_of(third) == 1
    first.leave()
    assert third.is_served
