package io.syslet.server.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class PeerComplaintsTest {
  /** Keeps what is logged. */
  private static final class Lines implements Logger {
    final List<String> lines = new ArrayList<>();

    @Override
    public String getName() {
      return "lines";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... values) {
      lines.add(format);
    }
  }

  @Test
  void aPeerGetsAFewLinesAndOthersStillGetTheirs() {
    Lines lines = new Lines();
    PeerComplaints complaints = new PeerComplaints();
    for (int i = 0; i < 1000; i++) {
      complaints.log(lines, Level.WARNING, "one", "again");
    }
    assertThat(lines.lines).hasSizeBetween(1, 20);
    int before = lines.lines.size();
    complaints.log(lines, Level.WARNING, "another", "first");
    assertThat(lines.lines).hasSize(before + 1);
    assertThat(lines.lines.getLast()).matches("first \\(\\d{3} such lines were left out\\)");
  }

  @Test
  void whatOneServerHasLoggedIsNothingToAnother() {
    Lines lines = new Lines();
    PeerComplaints one = new PeerComplaints();
    for (int i = 0; i < 1000; i++) {
      one.log(lines, Level.WARNING, "peer", "again");
    }
    new PeerComplaints().log(lines, Level.WARNING, "peer", "first");
    assertThat(lines.lines.getLast()).isEqualTo("first");
  }
}
