package io.syslet.kernel.sim.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.syslet.CString;
import io.syslet.Errno;
import io.syslet.Nr;
import io.syslet.Sys;
import io.syslet.kernel.sim.Credentials;
import io.syslet.ring.Memory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What cannot be compared with the host's kernel in a test's own process: its directory, its user.
 */
class PathTest {
  private static final int CWD = Sys.AT_FDCWD;

  private final Rig rig = new Rig(FsOptions.of(Rig.SEED, 50));

  @AfterEach
  void close() {
    rig.close();
  }

  private long mkdir(String path, int mode) {
    return rig.call(Nr.MKDIRAT, CWD, rig.path(path), mode);
  }

  private long open(String path, int flags) {
    return rig.call(Nr.OPENAT, CWD, rig.path(path), flags, 0644);
  }

  private long symlink(String target, String path) {
    return rig.call(Nr.SYMLINKAT, rig.path(target), CWD, rig.path(path));
  }

  private String cwd() {
    long buffer = rig.memory(4096);
    long length = rig.call(Nr.GETCWD, buffer, 4096);
    return length < 0 ? Errno.name((int) -length) : CString.toString(buffer, (int) length);
  }

  @Test
  void theCurrentDirectoryIsWhereRelativePathsStart() {
    assertThat(cwd()).isEqualTo("/");
    assertThat(mkdir("/d", 0755)).isZero();
    assertThat(mkdir("/d/e", 0755)).isZero();
    assertThat(rig.call(Nr.CHDIR, rig.path("d/e"))).isZero();
    assertThat(cwd()).isEqualTo("/d/e");
    assertThat(open("f", Sys.O_CREAT)).isNotNegative();
    assertThat(open("/d/e/f", Sys.O_RDONLY)).isNotNegative();
    assertThat(rig.call(Nr.CHDIR, rig.path("../.."))).isZero();
    assertThat(cwd()).isEqualTo("/");
    assertThat(rig.call(Nr.CHDIR, rig.path("../../.."))).isZero();
    assertThat(cwd()).isEqualTo("/");
    assertThat(rig.call(Nr.GETCWD, rig.memory(8), 1)).isEqualTo(-Errno.ERANGE);
  }

  @Test
  void aDirectoryThatWasRemovedIsNowhere() {
    assertThat(mkdir("/d", 0755)).isZero();
    assertThat(rig.call(Nr.CHDIR, rig.path("/d"))).isZero();
    assertThat(rig.call(Nr.UNLINKAT, CWD, rig.path("/d"), 0x200)).isZero();
    assertThat(cwd()).isEqualTo("ENOENT");
    assertThat(open("f", Sys.O_CREAT)).isEqualTo(-Errno.ENOENT);
    assertThat(rig.call(Nr.CHDIR, rig.path(".."))).isZero();
    assertThat(cwd()).isEqualTo("/");
  }

  @Test
  void aMovedDirectoryTakesTheCurrentOneAlong() {
    assertThat(mkdir("/d", 0755)).isZero();
    assertThat(mkdir("/d/e", 0755)).isZero();
    assertThat(mkdir("/x", 0755)).isZero();
    assertThat(rig.call(Nr.CHDIR, rig.path("/d/e"))).isZero();
    assertThat(rig.call(Nr.RENAMEAT2, CWD, rig.path("/d"), CWD, rig.path("/x/y"), 0)).isZero();
    assertThat(cwd()).isEqualTo("/x/y/e");
  }

  @Test
  void fortyLinksAreFollowedAndNoMore() {
    assertThat(open("/l0", Sys.O_CREAT)).isNotNegative();
    for (int i = 1; i <= 41; i++) {
      assertThat(symlink("l" + (i - 1), "/l" + i)).isZero();
    }
    assertThat(open("/l40", Sys.O_RDONLY)).isNotNegative();
    assertThat(open("/l41", Sys.O_RDONLY)).isEqualTo(-Errno.ELOOP);
    assertThat(symlink("/self", "/self")).isZero();
    assertThat(open("/self", Sys.O_RDONLY)).isEqualTo(-Errno.ELOOP);
  }

  @Test
  void anAbsoluteLinkStartsAtTheRootOfTheCall() {
    assertThat(mkdir("/d", 0755)).isZero();
    assertThat(open("/f", Sys.O_CREAT)).isNotNegative();
    assertThat(symlink("/f", "/d/link")).isZero();
    long fd = open("/d", Sys.O_RDONLY);
    long how = rig.memory(24);
    long link = rig.path("link");
    assertThat(rig.call(Nr.OPENAT2, fd, link, how, 24)).isNotNegative();
    Memory.putLong(how + 16, PathWalk.IN_ROOT);
    assertThat(rig.call(Nr.OPENAT2, fd, link, how, 24)).isEqualTo(-Errno.ENOENT);
    Memory.putLong(how + 16, PathWalk.BENEATH);
    assertThat(rig.call(Nr.OPENAT2, fd, link, how, 24)).isEqualTo(-Errno.EXDEV);
  }

  @Test
  void permissionsAreForWhoIsNotTheSuperuser() {
    assertThat(mkdir("/closed", 0700)).isZero();
    assertThat(mkdir("/open", 01777)).isZero();
    assertThat(rig.call(Nr.FCHMODAT, CWD, rig.path("/open"), 01777)).isZero();
    assertThat(open("/closed/f", Sys.O_CREAT)).isNotNegative();
    assertThat(open("/open/roots", Sys.O_CREAT)).isNotNegative();
    rig.process.credentials(Credentials.of(5, 5));
    assertThat(open("/closed/f", Sys.O_RDONLY)).isEqualTo(-Errno.EACCES);
    assertThat(mkdir("/mine", 0755)).isEqualTo(-Errno.EACCES);
    assertThat(mkdir("/open/mine", 0755)).isZero();
    assertThat(open("/open/roots", Sys.O_WRONLY)).isEqualTo(-Errno.EACCES);
    assertThat(open("/open/roots", Sys.O_RDONLY)).isNotNegative();
    long roots = rig.path("/open/roots");
    assertThat(rig.call(Nr.UNLINKAT, CWD, roots, 0)).as("sticky").isEqualTo(-Errno.EPERM);
    assertThat(rig.call(Nr.FCHMODAT, CWD, roots, 0777)).isEqualTo(-Errno.EPERM);
    assertThat(rig.call(Nr.FCHOWNAT, CWD, rig.path("/open/mine"), 0, 0, 0)).isEqualTo(-Errno.EPERM);
    assertThat(rig.call(Nr.FACCESSAT, CWD, roots, 4)).isZero();
    assertThat(rig.call(Nr.FACCESSAT, CWD, roots, 2)).isEqualTo(-Errno.EACCES);
  }

  @Test
  void descriptorsRunOut() {
    rig.process.maxOpenDescriptors(3);
    for (int i = 0; i < 3; i++) {
      assertThat(open("/", Sys.O_RDONLY)).isEqualTo(i);
    }
    assertThat(open("/", Sys.O_RDONLY)).isEqualTo(-Errno.EMFILE);
    assertThat(open("/new", Sys.O_CREAT)).isEqualTo(-Errno.EMFILE);
    assertThat(rig.call(Nr.CLOSE, 1)).isZero();
    assertThat(open("/new", Sys.O_RDONLY)).as("was not made").isEqualTo(-Errno.ENOENT);
    assertThat(open("/", Sys.O_RDONLY)).isEqualTo(1);
  }
}
