package io.syslet.kernel.plain;

import io.syslet.kernel.contract.Booter;
import io.syslet.kernel.contract.SysletContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** What every kernel must do, the plain one does, also where calls wait without a worker. */
class PlainReactorContractTest extends SysletContract {
  @TempDir private static Path work;

  @Override
  protected Booter booter() {
    return PlainContractTest.booter(work, true);
  }
}
