package io.syslet;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.ring.CompletionRing;
import io.syslet.ring.Memory;
import java.lang.foreign.Arena;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SysTest {
  private static final int SLOT_PARAMETERS = 3;

  @Test
  void constantsAreThoseOfC() throws Exception {
    CProgram program = new CProgram().include("fcntl.h").include("sys/socket.h");
    program.include("sys/uio.h").include("linux/openat2.h").begin();
    Map<String, Long> ours = new TreeMap<>();
    for (Field field : Sys.class.getFields()) {
      String name = field.getName();
      ours.put(name, field.getLong(null));
      program.printIfDefined(name, name);
    }
    ours.remove("O_LARGEFILE");
    Map<String, Long> theirs = program.numbers();
    theirs.remove("O_LARGEFILE");
    ours.keySet().retainAll(theirs.keySet());
    assertThat(theirs).hasSizeGreaterThan(30).isEqualTo(ours);
  }

  @Test
  void prepFillsWhatSysCalls() throws Exception {
    int compared = 0;
    for (Method prep : Prep.class.getDeclaredMethods()) {
      if (!prep.isSynthetic() && !isForAtomsAlone(prep)) {
        assertThat(prepared(prep)).as(prep.getName()).isEqualTo(called(twin(prep)));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(20);
  }

  private static boolean isForAtomsAlone(Method prep) {
    return prep.getName().equals("umemAdd");
  }

  private static Method twin(Method prep) {
    return Arrays.stream(Sys.class.getDeclaredMethods())
        .filter(method -> method.getName().equals(prep.getName()))
        .findFirst()
        .orElseThrow();
  }

  private static List<Long> prepared(Method prep) throws Exception {
    try (Arena arena = Arena.ofConfined();
        CompletionRing ring = CompletionRing.allocate(arena, 4, 0)) {
      CallSlots slots = CallSlots.allocate(arena, 2, ring);
      List<Object> values = new ArrayList<>(List.of(slots, 1, 99L));
      values.addAll(values(prep, SLOT_PARAMETERS));
      prep.invoke(null, values.toArray());
      assertThat(slots.callerData(1)).isEqualTo(99);
      List<Long> registers = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        registers.add(Memory.getLong(slots.slot(1) + 8L * i));
      }
      return registers;
    }
  }

  private static List<Long> called(Method sys) throws Exception {
    List<Long> registers = new ArrayList<>();
    InvocationHandler record = (proxy, method, values) -> record(registers, values);
    Kernel kernel =
        (Kernel)
            Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, record);
    List<Object> values = new ArrayList<>(List.of(kernel));
    values.addAll(values(sys, 1));
    assertThat(sys.invoke(null, values.toArray())).isEqualTo(-5L);
    return registers;
  }

  private static Object record(List<Long> registers, Object[] values) {
    for (Object value : values) {
      registers.add((Long) value);
    }
    while (registers.size() < 7) {
      registers.add(0L);
    }
    return -5L;
  }

  /** Different values, with the sign bit set, for the parameters from {@code first} on. */
  private static List<Object> values(Method method, int first) {
    List<Object> values = new ArrayList<>();
    Class<?>[] types = method.getParameterTypes();
    for (int i = first; i < types.length; i++) {
      int n = -100 - (i - first);
      values.add(
          types[i] == int.class
              ? (Object) n
              : types[i] == long.class ? (Object) (n * 10_000_000_000L) : new Stat().wrap(4096));
    }
    return values;
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void filesAreMadeWrittenReadAndRemoved(@TempDir Path directory) {
    try (Arena arena = Arena.ofConfined();
        HostKernel kernel = new HostKernel()) {
      long buffer = arena.allocate(64, 8).address();
      long path = CString.allocate(arena, directory.toString());
      int dirfd = (int) Sys.openat(kernel, Sys.AT_FDCWD, path, Sys.O_PATH | Sys.O_DIRECTORY, 0);
      long name = CString.allocate(arena, "file");
      assertThat(Sys.openat(kernel, dirfd, name, Sys.O_RDWR, 0)).isEqualTo(-Errno.ENOENT);
      int fd = (int) Sys.openat(kernel, dirfd, name, Sys.O_RDWR | Sys.O_CREAT, 0600);
      CString.put(buffer, new byte[] {'a', 'b', 'c'});
      assertThat(Sys.write(kernel, fd, buffer, 3)).isEqualTo(3);
      assertThat(Sys.pwrite(kernel, fd, buffer, 2, 3)).isEqualTo(2);
      assertThat(Sys.lseek(kernel, fd, 1, 0)).isEqualTo(1);
      assertThat(Sys.read(kernel, fd, buffer + 8, 8)).isEqualTo(4);
      assertThat(CString.toString(buffer + 8, 4)).isEqualTo("bcab");
      assertThat(Sys.pread(kernel, fd, buffer + 8, 8, 4)).isEqualTo(1);
      assertThat(Sys.unlinkat(kernel, dirfd, name, 0)).isZero();
      assertThat(Sys.mkdirat(kernel, dirfd, name, 0700)).isZero();
      assertThat(Sys.unlinkat(kernel, dirfd, name, Stat.AT_REMOVEDIR)).isZero();
      assertThat(Sys.symlinkat(kernel, path, dirfd, name)).isZero();
      assertThat(Sys.readlinkat(kernel, dirfd, name, buffer, 4)).isEqualTo(4);
      assertThat(Sys.openat(kernel, dirfd, name, Sys.O_NOFOLLOW, 0)).isEqualTo(-Errno.ELOOP);
      assertThat(Sys.unlinkat(kernel, dirfd, name, 0)).isZero();
      assertThat(Sys.close(kernel, fd)).isZero();
      assertThat(Sys.close(kernel, dirfd)).isZero();
      assertThat(Sys.close(kernel, dirfd)).isEqualTo(-Errno.EBADF);
    }
  }
}
