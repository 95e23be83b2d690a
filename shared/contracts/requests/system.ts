import { z } from 'zod';
import { Instant } from '../identity.ts';
import { LaneSerial } from '../lane-serial.ts';
import { DisplayName, LoginName, Role, Secret, User } from '../people.ts';
import { LaneSignal } from '../signal.ts';
import { admin, anyUser, type RequestShape } from './define.ts';

export const Mode = z.enum(['counter', 'gate']);
export type Mode = z.infer<typeof Mode>;
export const LaneDirection = z.enum(['in', 'out', 'both']);
/** What a lane is called in events and files; no sign that would part it from its gate. */
export const LaneName = z.string().regex(/^[\p{L}\p{M}\p{N}._-]([\p{L}\p{M}\p{N} ._:#-]{0,18}[\p{L}\p{M}\p{N}._-])?$/u).overwrite((text) => text.normalize('NFC'));
export const Lane = z.object({
  lane: LaneName, name: z.string().max(60), direction: LaneDirection,
  /** Which input serves this lane: `camera`, `serial:<path>`, `hid` or `hid:<id>`, `wedge`, `card:<reader>`, or `any`. */
  input: z.string().max(200),
  /** The zone that one enters by this lane; none: the whole site. */
  zone: z.string().min(1).max(40).optional(),
  /** The turnstile or relay of this lane. */
  signal: LaneSignal.optional(),
  /** How its reader on a serial line is set; as most are where it is not told. */
  serial: LaneSerial.optional(),
});
export type Lane = z.infer<typeof Lane>;

export const SetUpInput = z.object({
  mode: Mode,
  unit: z.object({ code: z.string().trim().min(1).max(64), name: z.string().trim().min(1).max(200) }),
  lanes: z.array(Lane).max(8),
  admin: z.object({ loginName: LoginName, displayName: DisplayName, secret: Secret }),
  hub: z.object({ url: z.url().max(200), code: z.string().trim().max(20) }).nullable(),
  /** Try out with invented demo data; marks the store as a demo for ever. */
  demo: z.boolean(),
});
export type SetUpInput = z.infer<typeof SetUpInput>;

export const DeviceState = z.object({
  kind: z.enum(['reader', 'serial', 'hid', 'camera', 'wedge', 'folder', 'signal']),
  name: z.string(), state: z.enum(['ready', 'missing', 'failed', 'off', 'card']), detail: z.string().nullable(),
});

export const SyncState = z.object({
  state: z.enum(['not-enrolled', 'idle', 'sending', 'offline', 'refused', 'fork']),
  hubUrl: z.string().nullable(), waiting: z.number().int(), blobsWaiting: z.number().int(),
  lastContactAt: Instant.nullable(), lastAckedSeq: z.number().int(), problem: z.string().nullable(),
});
export type SyncState = z.infer<typeof SyncState>;

/** What a camera may offer beyond its picture, each a number within the camera's own range. */
export const CameraDial = z.enum(['focusDistance', 'exposureTime', 'exposureCompensation', 'brightness', 'zoom']);
export type CameraDial = z.infer<typeof CameraDial>;

/** The camera of this machine and how it is set, applied again whenever it is opened. */
export const CameraSetup = z.object({
  /** Null = any. Browser ids change with the socket and the profile, so the camera is known again by its name too. */
  device: z.object({ deviceId: z.string().max(200), groupId: z.string().max(200), label: z.string().max(200) }).nullable(),
  /** Picture size in pixels to ask for; null = the best for reading cards. */
  size: z.object({ width: z.number().int().min(160).max(8192), height: z.number().int().min(120).max(8192) }).nullable(),
  /** Shown as in a mirror; null = as the screen and the camera suggest. Only what is shown: the decoder sees the true picture. */
  mirror: z.boolean().nullable(),
  torch: z.boolean(),
  /** Set by hand; what is not named is left to the camera. */
  dials: z.partialRecord(CameraDial, z.number()),
});
export type CameraSetup = z.infer<typeof CameraSetup>;

export const Settings = z.object({
  idleLockSeconds: z.number().int().min(30).max(3600),
  repeatSeconds: z.number().int().min(0).max(600),
  /** A scan of the other direction on another lane so soon after asks the guard; null: nobody is asked. */
  oppositeSeconds: z.number().int().min(1).max(3600).nullable(),
  serialPath: z.string().max(200).nullable(),
  camera: CameraSetup,
  readerName: z.string().max(200).nullable(),
  watchedFolder: z.string().max(500).nullable(),
  theme: z.enum(['light', 'dark', 'sun']),
  sound: z.boolean(),
  /** Look-ups of people a user may make in an hour. */
  lookUpsPerHour: z.number().int().min(1).max(1000),
});
export type Settings = z.infer<typeof Settings>;

export const systemRequests = {
  'system/ping': { input: z.object({}), output: z.object({ at: Instant }), access: 'open', background: true },
  'system/status': {
    input: z.object({}), access: 'open', background: true,
    output: z.object({
      setUp: z.boolean(), demo: z.boolean(), mode: Mode.nullable(), unit: z.object({ code: z.string(), name: z.string() }).nullable(),
      lanes: z.array(Lane), version: z.string(), keySource: z.enum(['keychain', 'key-file']), device: z.string(),
      sync: SyncState, devices: z.array(DeviceState), at: Instant,
      store: z.object({ checking: z.boolean(), ok: z.boolean().nullable(), events: z.number().int(), bytes: z.number() }),
      session: z.object({ user: User, lockAt: Instant }).nullable(),
      theme: Settings.shape.theme, sound: z.boolean(), serialPath: z.string().nullable(), camera: CameraSetup,
    }),
  },
  'setup/complete': { input: SetUpInput, output: z.object({ device: z.string(), enrolled: z.boolean() }), access: 'open' },
  'auth/people': {
    input: z.object({}), access: 'kiosk', background: true,
    output: z.object({ people: z.array(z.object({ loginName: z.string(), displayName: z.string(), role: Role })) }),
  },
  'auth/login': { input: z.object({ loginName: LoginName, secret: z.string().max(128) }), output: z.object({ user: User, lockAt: Instant }), access: 'kiosk' },
  'auth/logout': { input: z.object({}), output: z.object({}), access: 'kiosk' },
  'auth/change-secret': { input: z.object({ old: z.string().max(128), secret: Secret }), output: z.object({}), access: anyUser },
  'users/list': { input: z.object({}), output: z.object({ users: z.array(User) }), access: admin },
  'users/create': { input: z.object({ loginName: LoginName, displayName: DisplayName, role: Role, secret: Secret }), output: User, access: admin },
  'users/change': { input: z.object({ userId: z.string(), disabled: z.boolean().optional(), role: Role.optional(), secret: Secret.optional() }), output: User, access: admin },
  'settings/get': { input: z.object({}), output: Settings, access: anyUser },
  'settings/set': { input: Settings.partial(), output: Settings, access: admin },
  /** Whoever works at the kiosk sets the camera right: a moved camera must not wait for an administrator. */
  'camera/set': { input: CameraSetup, output: CameraSetup, access: anyUser },
  'devices/serial-ports': { input: z.object({}), output: z.object({ ports: z.array(z.object({ path: z.string(), label: z.string() })) }), access: admin },
  'audit/verify': { input: z.object({}), output: z.object({ ok: z.boolean(), events: z.number().int(), head: z.string(), firstBad: z.number().int().nullable() }), access: admin },
  'audit/list': {
    input: z.object({ beforeSeq: z.number().int().nullable(), limit: z.number().int().min(1).max(200), type: z.string().max(40).nullable() }),
    output: z.object({ events: z.array(z.object({ seq: z.number().int(), at: Instant, type: z.string(), actor: z.string(), purpose: z.string().nullable(), acked: z.boolean() })) }),
    access: admin,
  },
  'sync/status': { input: z.object({}), output: SyncState, access: 'kiosk', background: true },
  'sync/now': { input: z.object({}), output: SyncState, access: anyUser },
  'sync/enrol': { input: z.object({ url: z.url().max(200), code: z.string().trim().max(20) }), output: SyncState, access: admin },
} as const satisfies Record<string, RequestShape>;
