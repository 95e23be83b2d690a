import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ProblemError, type Problem } from '../../shared/contracts/problems.ts';
import { Sha256Hex } from '../../shared/contracts/event.ts';
import { bodyBytes, parseValue } from '../http/body.ts';
import { parseExportInput, sendFile } from '../http/export-routes.ts';
import type { HubContext } from '../http/hub-context.ts';
import { onError } from '../http/problem-replies.ts';
import { listActs, noteAct } from '../store/acts.ts';
import { changePassword, findSession, logIn, logOut, type Session } from '../store/admins.ts';
import { createEnrolCode } from '../store/enrolment.ts';
import { findExport, listExports, makeExport, readExport } from '../store/exports.ts';
import { clearAlarm, countToday, kioskDetail, listKiosks, listUnits, openAlarms, pendingCodes, revokeKiosk } from '../store/overview.ts';
import { createToken, listTokens, revokeToken } from '../store/tokens.ts';
import { mobilityPicture } from '../store/mobility-picture.ts';
import { setUnitZone } from '../store/zones.ts';
import { assetRoutes } from './assets.ts';
import { askQuery, fileName, pictureAsk } from './mobility-ask.ts';
import { mobilityPage, mobilityPaper } from './mobility-page.ts';
import { mobilityXlsx } from './mobility-xlsx.ts';
import { accountPage, codePage, enrolPage, exportsPage, kioskPage, loginPage, overviewPage, problemPage, tokensPage } from './pages.ts';
import { dayOf } from './words.ts';

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
type Form = Record<string, string>;

const Login = z.object({ name: z.string().min(1).max(60), password: z.string().min(1).max(200) });
const EnrolForm = z.object({ unit: z.string().trim().min(1).max(64), unitName: z.string().trim().max(200).default(''), name: z.string().trim().max(100).default('') });
const ZoneForm = z.object({ unit: z.string().min(1).max(64), zone: z.string().trim().max(200).default('') });
const TokenForm = z.object({ name: z.string().trim().min(1).max(100) });
const PasswordForm = z.object({ old: z.string().min(1).max(200), fresh: z.string().min(12).max(200), again: z.string().max(200) });
const Device = z.object({ device: Sha256Hex });
const Id = z.object({ id: z.uuid() });
const AlarmNo = z.object({ no: z.string().regex(/^\d{1,15}$/).transform(Number) });

/** The administrator's pages: plain HTML from the server, no network but this host, every form bound to its session. */
export function webRoutes(app: FastifyInstance, { sql, state, keys, behindTls, now }: HubContext): void {
  assetRoutes(app);
  const cookieName = behindTls ? '__Host-motcua' : 'motcua';
  const cookie = (value: string, life: string): string => `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Strict${behindTls ? '; Secure' : ''}${life}`;
  const cookieOf = (request: FastifyRequest): string | undefined =>
    request.headers.cookie?.split(/; */).find((each) => each.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1);
  const sessionOf = async (request: FastifyRequest): Promise<Session | undefined> => {
    const token = cookieOf(request);
    return token && /^[\w-]{43}$/.test(token) ? findSession(sql, token) : undefined;
  };
  const send = (reply: FastifyReply, markup: string, status = 200): FastifyReply =>
    reply.code(status).header('content-security-policy', policy).type('text/html; charset=utf-8').send(markup);

  /** A page of a logged-in administrator; anybody else is sent to the log-in. */
  const toLogin = (request: FastifyRequest, reply: FastifyReply): FastifyReply => reply.redirect(cookieOf(request) ? '/login?ended' : '/login', 303);
  const show = (path: string, make: (session: Session, request: FastifyRequest, reply: FastifyReply) => Promise<string | FastifyReply>): void => {
    app.get(path, async (request, reply) => {
      const session = await sessionOf(request);
      if (!session) return toLogin(request, reply);
      return answer(request, reply, session, () => make(session, request, reply));
    });
  };
  /** A form of a logged-in administrator, with the token of its session. */
  const act = (path: string, make: (session: Session, form: Form, request: FastifyRequest, reply: FastifyReply) => Promise<string | FastifyReply>): void => {
    app.post(path, { bodyLimit: 20_000 }, async (request, reply) => {
      const session = await sessionOf(request);
      if (!session) return toLogin(request, reply);
      return answer(request, reply, session, () => {
        const form = formOf(request);
        if (form.csrf !== session.csrf) throw new ProblemError('page-expired');
        return make(session, form, request, reply);
      });
    });
  };
  const answer = async (request: FastifyRequest, reply: FastifyReply, session: Session | null, make: () => Promise<string | FastifyReply>): Promise<FastifyReply> => {
    try {
      const made = await make();
      return typeof made === 'string' ? send(reply, made) : made;
    } catch (error) {
      if (error instanceof ProblemError) return send(reply, problemPage(session, error.toProblem()), error.code === 'not-found' ? 404 : 400);
      return onError(error, request, reply);
    }
  };
  /** Shows the page again with what was wrong. */
  const retry = async (work: () => Promise<string | FastifyReply>, again: (told: Problem) => Promise<string>): Promise<string | FastifyReply> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ProblemError) return again(error.toProblem());
      throw error;
    }
  };

  app.get('/login', async (request, reply) => (await sessionOf(request) ? reply.redirect('/', 303) : send(reply, loginPage(null, request.url.includes('?ended')))));
  app.post('/login', { bodyLimit: 5_000 }, (request, reply) => answer(request, reply, null, async () => {
    // Another site's form must not log anybody in.
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new ProblemError('page-expired');
    const form = Login.safeParse(formOf(request));
    try {
      if (!form.success) throw new ProblemError('login-failed');
      const token = await logIn(sql, form.data.name, form.data.password, request.ip);
      // Whatever was in the browser before opens nothing from now on.
      await logOut(sql, cookieOf(request) ?? '');
      return reply.header('set-cookie', cookie(token, '')).redirect('/', 303);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const told = error.code === 'login-failed' ? { ...error.toProblem(), vi: 'Sai tên đăng nhập hoặc mật khẩu.' } : error.toProblem();
      return send(reply, loginPage(told), error.code === 'login-locked' ? 429 : 401);
    }
  }));
  act('/logout', async (_session, _form, request, reply) => {
    await logOut(sql, cookieOf(request) ?? '');
    return reply.header('set-cookie', cookie('', '; Max-Age=0')).redirect('/login', 303);
  });

  show('/', async (session) => overviewPage(session, {
    kiosks: await listKiosks(sql), alarms: await openAlarms(sql), today: await countToday(sql, dayOf(now())), now: now(),
  }));
  show('/kiosks/:device', async (session, request) => {
    const { device } = parseValue(request.params, Device);
    const [kiosk] = await listKiosks(sql, device);
    if (!kiosk) throw new ProblemError('not-found');
    return kioskPage(session, kiosk, await kioskDetail(sql, device), now());
  });
  act('/kiosks/:device/revoke', async (session, _form, request, reply) => {
    const { device } = parseValue(request.params, Device);
    await revokeKiosk(sql, device, session.name);
    return reply.redirect(`/kiosks/${device}`, 303);
  });
  act('/alarms/:no/clear', async (session, _form, request, reply) => {
    await clearAlarm(sql, parseValue(request.params, AlarmNo).no, session.name);
    return reply.redirect('/', 303);
  });

  show('/mobility', async (session, request) => {
    const picture = await mobilityPicture(sql, keys, pictureAsk(request.query, dayOf(now())));
    return mobilityPage(session, picture, now());
  });
  show('/mobility/print', async (session, request) => {
    const picture = await mobilityPicture(sql, keys, pictureAsk(request.query, dayOf(now())));
    await noteAct(sql, session.name, 'mobility-exported', `PDF ${askQuery(picture.ask)}`);
    return mobilityPaper(picture, now());
  });
  show('/mobility/file', async (session, request, reply) => {
    const picture = await mobilityPicture(sql, keys, pictureAsk(request.query, dayOf(now())));
    await noteAct(sql, session.name, 'mobility-exported', `XLSX ${askQuery(picture.ask)}`);
    return reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .header('content-disposition', `attachment; filename="${fileName(picture.ask)}"`).send(await mobilityXlsx(picture, now()));
  });
  act('/mobility/zone', async (session, form, _request, reply) => {
    const { unit, zone } = parseValue(form, ZoneForm);
    await setUnitZone(sql, unit, zone || null, session.name);
    return reply.redirect('/mobility', 303);
  });

  const enrolView = async (session: Session, told: Problem | null): Promise<string> =>
    enrolPage(session, { units: await listUnits(sql), pending: await pendingCodes(sql), problem: told });
  show('/enrol', (session) => enrolView(session, null));
  act('/enrol', (session, form) => retry(async () => {
    const { unit, unitName, name } = parseValue(form, EnrolForm);
    return codePage(session, unitName || unit, await createEnrolCode(sql, { code: unit, name: unitName || null }, name || null, session.name));
  }, (told) => enrolView(session, told)));

  const exportsView = async (session: Session, told: Problem | null): Promise<string> => exportsPage(session, await listExports(sql, 50), dayOf(now()), told);
  show('/exports', (session) => exportsView(session, null));
  act('/exports', (session, form, _request, reply) => retry(async () => {
    const { dataset, from, to, format } = form;
    await makeExport(sql, keys, state.hubId, parseExportInput({ dataset, from, to, format }), session.name, now());
    return reply.redirect('/exports', 303);
  }, (told) => exportsView(session, told)));
  show('/exports/:id/file', async (_session, request, reply) => {
    const { id } = parseValue(request.params, Id);
    return sendFile(reply, await findExport(sql, id), readExport(sql, keys, id));
  });
  show('/exports/:id/manifest', async (_session, request, reply) => {
    const manifest = await findExport(sql, parseValue(request.params, Id).id);
    return reply.type('application/json; charset=utf-8').header('content-disposition', `attachment; filename="${manifest.file}.manifest.json"`)
      .send(`${JSON.stringify(manifest, null, 2)}\n`);
  });

  show('/tokens', async (session) => tokensPage(session, await listTokens(sql), null, null));
  act('/tokens', (session, form) => retry(async () => {
    const { name } = parseValue(form, TokenForm);
    const { token } = await createToken(sql, name, session.name);
    return tokensPage(session, await listTokens(sql), { name, token }, null);
  }, async (told) => tokensPage(session, await listTokens(sql), null, told)));
  act('/tokens/:id/revoke', async (session, _form, request, reply) => {
    await revokeToken(sql, parseValue(request.params, Id).id, session.name);
    return reply.redirect('/tokens', 303);
  });

  const accountView = async (session: Session, told: Problem | null): Promise<string> => accountPage(session, await listActs(sql, 50), told);
  show('/account', (session) => accountView(session, null));
  act('/account', (session, form, request, reply) => retry(async () => {
    const { old, fresh, again } = parseValue(form, PasswordForm);
    // There is one administrator: a slip of the finger would shut everybody out.
    if (fresh !== again) throw new ProblemError('secret-differs');
    await changePassword(sql, session.name, old, fresh, request.ip);
    return reply.redirect('/login', 303);
  }, (told) => accountView(session, told)));
}

/** The fields of a form; problem `request-invalid` for what PostgreSQL cannot hold. */
function formOf(request: FastifyRequest): Form {
  const form = Object.fromEntries([...new URLSearchParams(bodyBytes(request).toString('utf8'))].map(([name, value]) => [name, value.normalize('NFC')]));
  if (Object.values(form).some((value) => value.includes('\0'))) throw new ProblemError('request-invalid');
  return form;
}
