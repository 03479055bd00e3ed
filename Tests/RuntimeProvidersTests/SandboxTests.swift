import Execution
import Foundation
import TestSupport
import Testing
import Workers

@testable import RuntimeProviders

/// A library that plays ONNX Runtime, and tries from its constructor and from a call what a worker must not do.
@Suite(.enabled(if: Compiler.path != nil, "there is no C compiler")) struct SandboxTests {
  /// What is tried, in C: each is an error number, and 0 where it was not refused.
  private static let attempts = """
    #define _GNU_SOURCE
    #include <arpa/inet.h>
    #include <errno.h>
    #include <fcntl.h>
    #include <signal.h>
    #include <spawn.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <sys/resource.h>
    #include <sys/socket.h>
    #include <sys/stat.h>
    #include <sys/syscall.h>
    #include <sys/un.h>
    #include <sys/wait.h>
    #include <unistd.h>
    static char report[4096];
    static void note(const char *what, int failed) {
      int code = failed ? errno : 0;
      sprintf(report + strlen(report), " %s=%d", what, code);
    }
    static void opening(const char *what, const char *path, int flags) {
      int file = open(path, flags, 0600);
      note(what, file < 0);
      if (file >= 0) close(file);
    }
    static void attempt(void) {
      opening("read-model", MODEL, O_RDONLY);
      opening("read-secret", SECRET, O_RDONLY);
      opening("create", FOLDER "/created", O_WRONLY | O_CREAT);
      opening("create-beside", MODEL ".created", O_WRONLY | O_CREAT);
      opening("overwrite", MODEL, O_WRONLY | O_TRUNC);
      note("truncate", truncate(MODEL, 0));
      note("chmod", chmod(MODEL, 0));
      note("mkdir", mkdir(FOLDER "/made", 0700));
      note("link", symlink("/", FOLDER "/link"));
      note("rename", rename(MODEL, FOLDER "/renamed"));
      note("unlink", unlink(MODEL));
      struct sockaddr_in address = {AF_INET, htons(PORT), {htonl(INADDR_LOOPBACK)}};
      int tcp = socket(AF_INET, SOCK_STREAM, 0);
      note("connect", tcp < 0 || connect(tcp, (struct sockaddr *)&address, sizeof address));
      int udp = socket(AF_INET, SOCK_DGRAM, 0);
      note("send", udp < 0 || sendto(udp, "x", 1, 0, (struct sockaddr *)&address, sizeof address) < 0);
      char *words[] = {"touch", FOLDER "/spawned", NULL};
      pid_t child;
      int code = posix_spawn(&child, "/usr/bin/touch", NULL, NULL, words, NULL);
      if (code == 0) waitpid(child, NULL, 0);
      errno = code;
      note("spawn", code);
      errno = EPERM;
      note("system", system("touch " FOLDER "/shell") != 0);
      child = fork();
      if (child == 0) { execv("/usr/bin/touch", words); _exit(1); }
      note("fork", child < 0);
      if (child > 0) waitpid(child, NULL, 0);
      note("signal", kill(getppid(), SIGURG));
      note("signal-all", kill(0, SIGURG));
      struct rlimit limit = {1 << 20, 1 << 20};
      note("limit", prlimit(getppid(), RLIMIT_CORE, &limit, NULL));
      char ring[256] = {0};
      note("ring", syscall(425, 1, ring) < 0);
    }
    __attribute__((constructor)) static void load(void) { strcat(report, "loaded:"); attempt(); }
    static const char *version(void) {
      if (!strstr(report, "called:")) { strcat(report, " called:"); attempt(); }
      return report;
    }
    static const void *api(unsigned v) { return NULL; }
    static const struct { const void *(*get)(unsigned); const char *(*version)(void); } base = {api, version};
    const void *OrtGetApiBase(void) { return &base; }
    """

  /// A model in a folder, a secret beside that folder, a socket that listens, and the library.
  private final class Scene {
    let scratch: Scratch
    let library: String
    let socket: Int32
    var models: String { scratch.path + "/models" }

    init() throws {
      scratch = try Scratch()
      let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      socket = listener
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
      var size = socklen_t(MemoryLayout<sockaddr_in>.size)
      let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          bind(listener, address, size) == 0 && listen(listener, 4) == 0
            && getsockname(listener, address, &size) == 0
        }
      }
      try #require(isBound)
      for folder in ["models", "library", "open"] {
        try FileManager.default.createDirectory(
          atPath: "\(scratch.path)/\(folder)", withIntermediateDirectories: true)
      }
      for file in ["models/model.onnx", "secret"] {
        try "as it was".write(toFile: "\(scratch.path)/\(file)", atomically: true, encoding: .utf8)
      }
      library = try Compiler.library(
        SandboxTests.attempts, in: scratch.path + "/library",
        [
          "MODEL=\"\(scratch.path)/models/model.onnx\"", "SECRET=\"\(scratch.path)/secret\"",
          "FOLDER=\"\(scratch.path)/open\"", "PORT=\(UInt16(bigEndian: address.sin_port))",
        ])
    }

    deinit { close(socket) }

    /// What the library says became of its attempts: error numbers by name, from its constructor and from a call.
    func run(_ launch: WorkerLaunch) throws -> [[String: Int]] {
      var launch = launch
      launch.readable = [models]
      launch.environment["TMPDIR"] = scratch.path + "/open"
      let failure = #expect(throws: ProviderFailure.self) { try RemoteProvider(launch, timeout: 60) }
      let words = (failure?.description ?? "").split(separator: " ")
      return words.split { $0 == "loaded:" || $0 == "called:" }.dropFirst().map { words in
        let pairs = words.map { $0.split { "=;".contains($0) } }.filter { $0.count == 2 }
        return Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), Int($0[1]) ?? -1) })
      }
    }

    var launch: WorkerLaunch {
      get throws {
        RuntimeCatalog.launch(
          ProviderReference(.onnxruntime, library: library), task: "session",
          executable: try touchstoneProgram())
      }
    }

    /// Expects that nothing has changed and nobody has called.
    func expectPeace() throws {
      #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path + "/open").isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: models) == ["model.onnx"])
      #expect(try String(contentsOfFile: models + "/model.onnx", encoding: .utf8) == "as it was")
      var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      #expect(poll(&entry, 1, 0) == 0, "somebody has connected")
    }
  }

  private static let refused: Set = [
    "read-secret", "create", "create-beside", "overwrite", "truncate", "chmod", "mkdir", "link", "rename",
    "unlink",
    "connect", "send", "spawn", "system", "fork", "signal", "signal-all", "limit", "ring",
  ]

  /// What has another error number than "not permitted" and "access denied", or none.
  private func oddities(_ results: [String: Int], of names: Set<String>) -> [String] {
    names.filter { ![Int(EPERM), Int(EACCES)].contains(results[$0] ?? 0) }.sorted()
  }

  @Test(.enabled(if: Sandbox.mechanisms.count == 2, "the kernel lacks Landlock or seccomp"))
  func aLibraryCanDoNoHarm() throws {
    let scene = try Scene()
    let results = try scene.run(scene.launch)
    #expect(results.count == 2)
    for results in results {
      #expect(results["read-model"] == 0)
      #expect(oddities(results, of: Self.refused) == [], "\(results)")
    }
    try scene.expectPeace()
  }

  /// So that the attempts are known to work where nothing refuses them.
  @Test func withoutASandboxItCan() throws {
    let scene = try Scene()
    var launch = try scene.launch
    launch.environment[Sandbox.offVariable] = "1"
    let results = try scene.run(launch)
    #expect(results.first?["create"] == 0 && results.first?["connect"] == 0 && results.first?["spawn"] == 0)
    #expect(FileManager.default.fileExists(atPath: scene.scratch.path + "/open/spawned"))
  }

  /// A program that has the kernel deny calls, by their numbers, as if it did not know them, and starts another.
  private static let older = """
    #include <errno.h>
    #include <linux/filter.h>
    #include <linux/seccomp.h>
    #include <stddef.h>
    #include <stdlib.h>
    #include <sys/prctl.h>
    #include <unistd.h>
    int main(int count, char **words) {
      for (char *number = words[1]; *number; number += *number == ',') {
        struct sock_filter lines[] = {
          {BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr)},
          {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, (unsigned)strtol(number, &number, 10)},
          {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | ENOSYS},
          {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW}};
        struct sock_fprog filter = {4, lines};
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
        if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter)) return 99;
      }
      execv(words[2], words + 2);
      return 98;
    }
    """

  #if arch(x86_64)
    private static let seccomp = "317"
  #else
    private static let seccomp = "277"
  #endif
  private static let landlock = "444"

  @Test(
    .enabled(if: Sandbox.mechanisms.count == 2, "the kernel lacks Landlock or seccomp"),
    arguments: [
      (landlock, ["read-secret"], "the kernel has no Landlock"),
      (
        seccomp, ["chmod", "send", "limit", "ring", "system", "fork", "signal-all"],
        "the kernel has no seccomp filter"
      ),
      ("\(landlock),\(seccomp)", nil, "neither Landlock nor a seccomp filter"),
    ])
  func anOlderKernelConfinesAsItCan(_ denied: String, _ missing: [String]?, _ words: String) throws {
    let scene = try Scene()
    let program = try Compiler.program(Self.older, in: scene.scratch.path + "/library")
    if let missing {
      var launch = try scene.launch
      launch.arguments = [denied, launch.executable] + launch.arguments
      launch.executable = program
      for results in try scene.run(launch) {
        #expect(oddities(results, of: Self.refused.subtracting(missing)) == [], "\(results)")
      }
    }
    // It is said once, however many workers there are.
    let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("ConformanceData/touchstone").path
    let (text, code) = try output(
      of: program, [denied, try touchstoneProgram(), "conform", corpus, "--shard", "1/100"])
    #expect(code == 0, "\(text)")
    #expect(text.components(separatedBy: words).count == 2, "\(text)")
  }

  @Test func whatConfinesWorkersIsSaid() throws {
    let mechanisms = Sandbox.mechanisms.isEmpty ? "none" : Sandbox.mechanisms.joined(separator: ", ")
    let said = try output(of: touchstoneProgram(), ["providers", "touchstone"])
    #expect(said.text.hasSuffix("sandbox of each: \(mechanisms)\n"), "\(said)")
    let off = try output(
      of: touchstoneProgram(), ["providers", "touchstone"], environment: [Sandbox.offVariable: "1"])
    #expect(off.text.hasSuffix("sandbox of each: none\n"), "\(off)")
  }
}
