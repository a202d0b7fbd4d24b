"""The application: its addresses, what each of them shows, and what becomes of the forms."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from jimo_lint.errors import StoreError
from jimo_lint.language.printing import printable
from jimo_lint.model import Decision, Opinion
from jimo_lint.privacy import mask_text
from jimo_lint.store import Store
from jimo_lint.store.reading import ARCHIVE, SITE
from jimo_lint.web.board import Board, Office, Row
from jimo_lint.web.guard import Guard, body
from jimo_lint.web.overview import overview
from jimo_lint.web.pages import ASSETS, asset, render
from jimo_lint.web.selection import SIZE, Selection
from jimo_lint.web.sessions import LONGEST_NAME, Doorkeeper, Session, own_form, person
from jimo_lint.web.snapshot import Snapshot, snapshot
from jimo_lint.web.standing import told
from jimo_lint.web.writing import Writer

_LONGEST_REASON = 500
# Rows of which a page that is open is told singly; with more it is asked to load anew.
_MOST_CHANGES = 200
# A 暂缓 that nobody would live to see is a slip.
_LONGEST_DEFERRAL = timedelta(days=366)

_Form = Mapping[str, str]


class _RefusedError(Exception):
    """A form that is not recorded. code: the status."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code, self.text = code, text


class _Caller(NamedTuple):
    """Whoever asks. form: what was sent, empty for a page that is only read."""

    request: Request
    session: Session
    form: _Form

    @property
    def scripted(self) -> bool:
        """Whether the page's script asks, which wants no page."""
        return self.request.headers.get("accept", "") == "application/json"

    def asked(self, **values: Any) -> dict[str, Any]:
        """What every template needs, and `values`."""
        return {"session": self.session, "flash": self.session.taken(), **values}


_Page = Callable[[_Caller], Awaitable[Response]]


@dataclass(slots=True)
class Desk:
    """What the pages work on. Everything but writing happens in the thread of the server's loop."""

    path: Path
    office: Office
    door: Doorkeeper
    host: str
    cookie: str
    _board: Board | None = None
    _writer: Writer | None = None

    def application(self) -> Starlette:
        """As ASGI has it."""
        routes = [
            Route("/", self._inside(self._overview)),
            Route("/findings", self._inside(self._findings)),
            Route("/findings/{inspection}/{fingerprint}", self._inside(self._finding)),
            Route("/changes", self._inside(self._changes)),
            Route("/decide", self._inside(self._decide), methods=["POST"]),
            Route("/undo", self._inside(self._undo), methods=["POST"]),
            Route("/logout", self._inside(self._logout), methods=["POST"]),
            Route("/login", self._login, methods=["GET", "POST"]),
            Route("/static/{name}", _static),
            Route("/favicon.ico", _no_picture),
        ]
        return Starlette(
            routes=routes,
            middleware=[Middleware(Guard, host=self.host)],
            lifespan=self._lifespan,
            exception_handlers={
                404: self._absent,
                500: self._broken,
                StoreError: self._unreadable,
                _RefusedError: self._refused,
            },
        )

    @asynccontextmanager
    async def _lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        with Store.open(self.path, writing=False) as store:
            self._board = Board(store, self.office)
            self._board.refresh()
            self._writer = Writer(self.path)
            yield

    @property
    def board(self) -> Board:
        """The findings, up to date."""
        assert self._board is not None
        self._board.refresh()
        return self._board

    @property
    def writer(self) -> Writer:
        """Where decisions go."""
        assert self._writer is not None
        return self._writer

    def _inside(self, page: _Page) -> Callable[[Request], Awaitable[Response]]:
        """The page for those who have logged in, and with forms of their own."""

        async def answer(request: Request) -> Response:
            session = self.door.session(request.cookies.get(self.cookie, ""))
            if session is None:
                if request.url.path == "/changes" or request.method == "POST":
                    raise _RefusedError(401, "登录已失效，这次没有记录。请重新登录。")
                return RedirectResponse("/login", 303)
            form = await _form(request) if request.method == "POST" else {}
            if request.method == "POST" and not own_form(session, form.get("token", "")):
                raise _RefusedError(403, "这个页面是以前打开的，没有记录。请刷新后再试。")
            return await page(_Caller(request, session, form))

        return answer

    async def _overview(self, caller: _Caller) -> Response:
        return self._page("overview.html", caller.asked(here="overview", all=overview(self.board)))

    async def _findings(self, caller: _Caller) -> Response:
        board, asked = self.board, Selection.of(caller.request.query_params)
        rows = asked.rows(board)
        pages = max(-(-len(rows) // SIZE), 1)
        first = (min(asked.page, pages) - 1) * SIZE
        values = caller.asked(
            here="findings",
            selection=asked,
            query=asked.query(),
            back=asked.query(page=asked.page),
            filters=asked.filters(board),
            sorts=asked.sorts(),
            filtered=bool(asked.wanted or asked.overdue),
            rows=rows[first : first + SIZE],
            first=first + 1,
            total=len(rows),
            pages=pages,
            board_empty=not board.rows,
            tomorrow=self.office.today() + timedelta(days=1),
            **_state(board),
        )
        return self._page("findings.html", values)

    async def _finding(self, caller: _Caller) -> Response:
        params = caller.request.path_params
        row = self.board.rows.get(f"{params['inspection']}/{params['fingerprint']}")
        if row is None:
            return await self._absent(caller.request, None)
        return self._detail(caller, row, Selection.of(caller.request.query_params))

    def _detail(self, caller: _Caller, row: Row, asked: Selection, fault: str = "") -> Response:
        board = self.board
        keys = [one.key for one in asked.rows(board)]
        at = keys.index(row.key) if row.key in keys else None
        shot, missing = self._shot(row)
        values = caller.asked(
            here="findings",
            row=row,
            selection=asked,
            query=asked.query(),
            back=asked.query(),
            number=0 if at is None else at + 1,
            total=len(keys),
            former=keys[at - 1] if at else "",
            next=_next(keys, at),
            list_page=1 if at is None else at // SIZE + 1,
            shot=shot,
            missing=missing,
            fault=fault,
            given={name: caller.form.get(name, "")[:_LONGEST_REASON] for name in ("due", "reason")},
            **_state(board),
        )
        return self._page("finding.html", values, 422 if fault else 200)

    def _shot(self, row: Row) -> tuple[Snapshot | None, str]:
        finding = row.finding
        if finding.kind not in ("document", "link"):
            return None, "这个问题说的不是某一页的文字，没有原文可看。"
        source = ARCHIVE if finding.account else SITE
        find = self.board.store.document
        document = find(source, finding.url) or find(source, f"{self.office.folder}/{finding.url}")
        if document is None:
            return None, "存下的页面里没有这一页：它后来下线了，或没有再抓取到。"
        return snapshot(document, finding), ""

    async def _changes(self, caller: _Caller) -> Response:
        board = self.board
        asked = caller.request.query_params
        since, loaded = _number(asked.get("version", "")), _number(asked.get("loaded", ""))
        rows = board.changed(since)
        stale = loaded != board.loaded or since > board.version or len(rows) > _MOST_CHANGES
        return JSONResponse({**_state(board), "stale": stale, "rows": [] if stale else list(map(told, rows))})

    async def _decide(self, caller: _Caller) -> Response:
        board, form = self.board, caller.form
        row = board.rows.get(form.get("key", ""))
        if row is None:
            raise _RefusedError(404, "这个问题已经不在最近的检查里，没有记录。请刷新。")
        asked = Selection.of(dict(parse_qsl(form.get("back", ""))))
        try:
            decision = self._decision(row, caller)
        except _RefusedError as fault:
            if caller.scripted:
                raise
            return self._detail(caller, row, asked, fault.text)
        keys = [one.key for one in asked.rows(board)] if form.get("then") == "next" else []
        await self.writer.decide(decision)
        happened = f"已记录：{decision.opinion.label}（{row.finding.message}）"
        if caller.scripted:
            return self._recorded(row, happened)
        caller.session.flash = happened
        if form.get("then") == "next":
            following = _next(keys, keys.index(row.key)) if row.key in keys else ""
            if following:
                return RedirectResponse(f"/findings/{following}?{asked.query()}", 303)
        return RedirectResponse(f"/findings?{asked.query(page=asked.page)}", 303)

    def _decision(self, row: Row, caller: _Caller) -> Decision:
        """What was decided; _RefusedError where it cannot be."""
        form, today = caller.form, self.office.today()
        try:
            opinion = Opinion(form.get("opinion", ""))
        except ValueError:
            raise _RefusedError(422, "没有选审核意见，没有记录。") from None
        due = _day(form.get("due", "")) if opinion in (Opinion.DEFERRED, Opinion.CONFIRMED) else None
        if opinion is Opinion.DEFERRED and (due is None or not today < due <= today + _LONGEST_DEFERRAL):
            raise _RefusedError(422, "暂缓要写到哪一天，应在明天到一年以内。没有记录。")
        if due is not None and due < today:
            raise _RefusedError(422, "整改期限已经过去。没有记录。")
        [*_, last] = self.board.trend[row.inspection]
        return Decision(
            inspection=row.inspection,
            fingerprint=row.finding.fingerprint,
            opinion=opinion,
            day=today,
            reviewer=caller.session.name,
            reason=mask_text(printable(form.get("reason", "")).strip()[:_LONGEST_REASON]),
            due=due,
            source=caller.session.source,
            run=last.number,
        )

    async def _undo(self, caller: _Caller) -> Response:
        session, form = caller.session, caller.form
        asked = Selection.of(dict(parse_qsl(form.get("back", ""))))
        undone = await self.writer.undo(session.name, session.source)
        row = self.board.rows.get(f"{undone.inspection}/{undone.fingerprint}") if undone else None
        if undone is None:
            happened = "没有可以撤回的：这次登录以来没有记录过意见。"
        else:
            happened = f"已撤回：{undone.opinion.label}" + (f"（{row.finding.message}）" if row else "")
        if caller.scripted:
            return self._recorded(row, happened)
        session.flash = happened
        if row and form.get("then") == "stay":
            return RedirectResponse(f"/findings/{row.key}?{asked.query()}", 303)
        return RedirectResponse(f"/findings?{asked.query(page=asked.page)}", 303)

    def _recorded(self, row: Row | None, happened: str) -> Response:
        self.board.refresh()
        return JSONResponse({"said": printable(happened), "rows": [told(row)] if row else []})

    async def _login(self, request: Request) -> Response:
        form = await _form(request) if request.method == "POST" else {}
        link = form.get("link") or request.query_params.get("token", "")
        name, fault = person(form.get("name", "")), ""
        if request.method == "POST":
            if self.door.blocked():
                fault = "输错的次数太多，请一分钟后再试。"
            elif not name:
                fault = "请填写姓名。"
            elif cookie := self.door.enter(name, link, form.get("password", "")):
                entered = RedirectResponse("/findings", 303)
                entered.set_cookie(self.cookie, cookie, httponly=True, samesite="strict", path="/")
                return entered
            else:
                fault = (
                    "口令不对。" if self.door.password else "这个网址已经用过，或不是这次启动的。请用终端里最新的网址。"
                )
        values = {
            "session": None, "here": "", "flash": "", "open": bool(link or self.door.password), "link": link,
            "name": name, "fault": fault, "password": bool(self.door.password), "longest": LONGEST_NAME,
        }  # fmt: skip
        return self._page("login.html", values, 403 if fault else 200)

    async def _logout(self, caller: _Caller) -> Response:
        self.door.leave(caller.request.cookies.get(self.cookie, ""))
        left = RedirectResponse("/login", 303)
        left.delete_cookie(self.cookie, path="/", httponly=True, samesite="strict")
        return left

    def _page(self, name: str, values: Mapping[str, Any], code: int = 200) -> Response:
        return HTMLResponse(render(name, {"site": self.office.site, "opinions": list(Opinion), **values}), code)

    def _message(self, request: Request, code: int, head: str, text: str) -> Response:
        if request.headers.get("accept", "") == "application/json":
            return JSONResponse({"fault": text}, code)
        values = {"session": None, "here": "", "flash": "", "head": head, "text": text}
        return self._page("message.html", values, code)

    async def _absent(self, request: Request, _fault: Exception | None) -> Response:
        return self._message(request, 404, "没有这一页", "没有这一页，或这个问题已经不在最近的检查里。")

    async def _refused(self, request: Request, fault: Exception) -> Response:
        assert isinstance(fault, _RefusedError)
        return self._message(request, fault.code, "没有记录", fault.text)

    async def _unreadable(self, request: Request, fault: Exception) -> Response:
        return self._message(request, 503, "没有完成", mask_text(printable(f"{fault}。没有记录，请稍后再试。")))

    async def _broken(self, request: Request, _fault: Exception) -> Response:
        return self._message(request, 500, "程序自身出错", "没有记录。请看运行 review serve 的终端，并报告给开发者。")


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ASSETS:
        return Response(status_code=404)
    return Response(asset(name), headers={"content-type": ASSETS[name]})


async def _no_picture(_request: Request) -> Response:
    """Browsers ask for one by themselves, and complain where there is none."""
    return Response(status_code=204)


async def _form(request: Request) -> _Form:
    """The fields of a form, of which only the first of each name counts."""
    sent = await body(request.stream)
    if sent is None:
        raise _RefusedError(413, "提交的内容过长，没有记录。")
    try:
        pairs = parse_qsl(sent.decode("ascii"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise _RefusedError(400, "提交的内容读不出，没有记录。") from None
    return dict(reversed(pairs))


def _next(keys: list[str], at: int | None) -> str:
    return keys[at + 1] if at is not None and at + 1 < len(keys) else ""


def _state(board: Board) -> dict[str, int]:
    """What a page knows of the board, so that it can ask what changed since."""
    return {"version": board.version, "loaded": board.loaded}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
