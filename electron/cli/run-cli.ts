import { ProblemError } from '../../shared/contracts/problems.ts';
import { UsageError, type Io, type Run } from './io.ts';

// Each is a file of ./commands that exports `run`; only the one that is called gets loaded.
const commands: Readonly<Record<string, { usage: string; does: string }>> = {
  doctor: { usage: 'doctor [--store DIR] [--hub URL]', does: 'Kiểm tra thiết bị, kho dữ liệu, máy chủ, đồng hồ' },
  qr: { usage: 'qr FILE…', does: 'Đọc mã QR trong tệp ảnh' },
  'parse-qr': { usage: 'parse-qr < FILE', does: 'Tách nội dung mã QR, mỗi dòng một mã' },
  mrz: { usage: 'mrz < FILE', does: 'Đọc các dòng của một vùng máy đọc (MRZ)' },
  card: { usage: 'card [--reader NAME] [--qr TEXT | --can N | --mrz "…" | --document N --birth YYYY-MM-DD --expiry YYYY-MM-DD] [--csca FILE…] [--store DIR] [--timeout S]', does: 'Đọc và kiểm tra thẻ trên đầu đọc' },
  'verify-lds': { usage: 'verify-lds DIR [--csca FILE…] [--store DIR]', does: 'Kiểm tra các tệp EF_*.bin của một thẻ trong thư mục, không cần thẻ' },
  roster: { usage: 'roster import FILE --store DIR', does: 'Nhập danh sách người lao động' },
  scan: { usage: 'scan CODE --store DIR [--lane L] [--at ISO]', does: 'Ghi nhận một lượt quét như tại cổng' },
  gate: { usage: 'gate replay|timesheet|report ID|site ACTION --store DIR …', does: 'Phát lại lượt quét, lập bảng chấm công và báo cáo, trao đổi giữa các cổng' },
  outbox: { usage: 'outbox --store DIR', does: 'Liệt kê bản ghi và trạng thái gửi' },
  trust: { usage: 'trust import FILE… | list | remove FINGERPRINT [--store DIR] [--country VN…]', does: 'Kho chứng thư tin cậy: CSCA, danh sách CSCA (master list), danh sách thu hồi (CRL)' },
  audit: { usage: 'audit verify --store DIR', does: 'Kiểm tra chuỗi ghi nhận' },
  hub: { usage: 'hub start|enrol|token|export …', does: 'Chạy và dùng máy chủ tập trung' },
};

/**
 * Runs `motcua <command> …`: finds the command, loads it, turns what it throws into an exit code.
 * 0 all handled, 1 an expected failure (told as a JSON line), 2 bad usage (told in words).
 */
export async function runCli(args: readonly string[], io: Io): Promise<number> {
  // JSON lines are the only form of answer, so the flag that asks for them changes nothing.
  const [name, ...rest] = args.filter((arg) => arg !== '--json');
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.err('motcua <lệnh> [tùy chọn]: mỗi dòng kết quả là một đối tượng JSON (one JSON object a line).');
    for (const [command, { usage, does }] of Object.entries(commands)) io.out({ command, usage: `motcua ${usage}`, does });
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    io.err(`motcua: không có lệnh "${name}" (unknown command). Có: ${Object.keys(commands).join(', ')}.`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    const usage = name === 'gate' ? await (await import('./commands/gate.ts')).usageOf(rest[0]) : command.usage;
    io.err(`Cách dùng (usage): motcua ${usage}\n${command.does}.`);
    return 0;
  }
  try {
    const { run }: { run: Run } = await import(`./commands/${name}.ts`);
    return await run(rest, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`motcua ${name}: ${error.message}\nCách dùng (usage): motcua ${error.usage}`);
      return 2;
    }
    if (error instanceof ProblemError) {
      io.out({ ok: false, problem: error.toProblem() });
      return 1;
    }
    throw error;
  }
}
