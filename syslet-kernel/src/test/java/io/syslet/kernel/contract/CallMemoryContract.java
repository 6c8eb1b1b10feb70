package io.syslet.kernel.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.syslet.CString;
import io.syslet.Call;
import io.syslet.Calls;
import io.syslet.Errno;
import io.syslet.Stat;
import io.syslet.Sys;
import io.syslet.ring.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What {@link Calls} are given: paths, buffers, memory of each call's own. */
public abstract class CallMemoryContract extends KernelContract {
  private static final int MODE = 0600;
  private static final int MAKE = Sys.O_RDWR | Sys.O_CREAT | Sys.O_TRUNC | Sys.O_CLOEXEC;

  /** Of the kernels that the booter makes. */
  protected CallMemoryContract(Booter booter) {
    super(booter);
  }

  private byte[] bytes(String name) {
    return path(name).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void pathsAreBytesOrPathsAndCopied() throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          byte[] name = bytes("calls");
          int fd = (int) calls.openat(Sys.AT_FDCWD, name, MAKE, MODE).awaitOrThrow();
          MemorySegment text = kernel.arena().allocateFrom("hello");
          calls.write(fd, text).awaitOrThrow();
          long[] size = new long[1];
          Call.Listener<long[]> sized = (to, call, status) -> to[0] = call.stat().size();
          calls.lstat(Path.of(path("calls"))).then(sized, size, 0);
          name[name.length - 1] = 'x';
          calls.awaitAllOrThrow();
          assertThat(size[0]).isEqualTo(6);
          MemorySegment found = calls.allocate(16);
          assertThat(calls.pread(fd, found, 1).awaitOrThrow()).isEqualTo(5);
          assertThat(found.getString(0)).isEqualTo("ello");
          calls.close(fd);
          calls.unlinkat(Sys.AT_FDCWD, Path.of(path("calls")), 0).awaitOrThrow();
          assertThat(calls.open(Path.of(path("calls")), Sys.O_RDONLY).await())
              .isEqualTo(-Errno.ENOENT);
          calls.close();
        });
  }

  @Test
  void twoNamesAndLongOnesHaveRoom() throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel, 4);
          String longest = "n".repeat(250);
          calls.mkdirat(Sys.AT_FDCWD, bytes("a"), 0700).awaitOrThrow();
          byte[] from = bytes("a/" + longest);
          byte[] to = bytes("a/" + longest + "to");
          calls.close((int) calls.openat(Sys.AT_FDCWD, from, MAKE, MODE).awaitOrThrow());
          calls.renameat2(Sys.AT_FDCWD, from, Sys.AT_FDCWD, to, 0).awaitOrThrow();
          calls.unlinkat(Sys.AT_FDCWD, to, 0).awaitOrThrow();
          calls.unlinkat(Sys.AT_FDCWD, bytes("a"), 0x200).awaitOrThrow();
          for (int length : new int[] {4096, 5000, 100_000}) {
            byte[] beyond = "n".repeat(length).getBytes(StandardCharsets.US_ASCII);
            assertThat(calls.lstat(Sys.AT_FDCWD, beyond, 1).await()).isEqualTo(-Errno.ENAMETOOLONG);
          }
          calls.close();
        });
  }

  @Test
  void whatNoCallCanTakeIsRefusedAtOnce() throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          byte[] withNul = {'a', 0, 'b'};
          assertThatThrownBy(() -> calls.openat(Sys.AT_FDCWD, withNul, 0, 0))
              .isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> calls.read(0, MemorySegment.ofArray(new byte[8])))
              .isInstanceOf(IllegalArgumentException.class);
          for (int limit : new int[] {0, -1, Calls.MOST + 1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> Calls.of(kernel, limit))
                .isInstanceOf(IllegalArgumentException.class);
          }
          assertThat(calls.awaitAll()).isZero();
          assertThat(calls.made()).isZero();
          calls.close();
        });
  }

  @Test
  void aStatIsReadWhereItWasWrittenWhateverElseTheCallHas() throws Exception {
    run(
        kernel -> {
          Calls calls = Calls.of(kernel);
          byte[] name = bytes("file");
          calls.close((int) calls.openat(Sys.AT_FDCWD, name, MAKE, MODE).awaitOrThrow());
          int[] types = new int[3];
          Call.Listener<int[]> typed = (to, call, status) -> to[(int) call.data()] = type(call);
          assertThat(calls.lstat(Path.of("/")).await()).isZero();
          assertThatThrownBy(() -> calls.openat(Sys.AT_FDCWD, new byte[4], 0, 0))
              .isInstanceOf(IllegalArgumentException.class);
          calls.lstat(Sys.AT_FDCWD, name, Stat.STATX_BASIC_STATS).then(typed, types, 0);
          calls.awaitAllOrThrow();
          calls
              .lstat(Sys.AT_FDCWD, copy(calls, name), Stat.STATX_BASIC_STATS)
              .then(typed, types, 1);
          calls.awaitAllOrThrow();
          MemorySegment found = calls.allocate(Stat.LENGTH);
          calls.statx(Sys.AT_FDCWD, name, 0, Stat.STATX_BASIC_STATS, found).then(typed, types, 2);
          calls.awaitAllOrThrow();
          assertThat(types).containsOnly(Stat.S_IFREG);
          calls.unlinkat(Sys.AT_FDCWD, name, 0).awaitOrThrow();
          calls.close();
        });
  }

  private static int type(Call call) {
    return call.stat().type();
  }

  private static long copy(Calls calls, byte[] name) {
    long address = calls.memory(name.length + 1L);
    CString.put(address, name);
    return address;
  }

  /** A memory that is handed out again must not be that of a call which is still there. */
  @Test
  void eachCallInFlightHasMemoryOfItsOwn() throws Exception {
    needsHandOver();
    run(
        kernel -> {
          Rig rig = new Rig(kernel, 64);
          Calls calls = Calls.of(kernel, 40);
          byte[] bytes = new byte[40];
          for (int i = 0; i < 40; i++) {
            long own = calls.memory(1);
            int index = i;
            calls.read(rig.in, own, 1).then(status -> bytes[index] = Memory.getByte(own));
          }
          calls.submit();
          MemorySegment all = kernel.arena().allocate(40);
          for (int i = 0; i < 40; i++) {
            all.set(ValueLayout.JAVA_BYTE, i, (byte) (i + 1));
          }
          assertThat(Sys.write(kernel, rig.out, all.address(), 40)).isEqualTo(40);
          calls.awaitAll();
          Arrays.sort(bytes);
          for (int i = 0; i < 40; i++) {
            assertThat(bytes[i]).isEqualTo((byte) (i + 1));
          }
          calls.close();
        });
  }
}
