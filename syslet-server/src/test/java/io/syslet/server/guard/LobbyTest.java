package io.syslet.server.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Lobby}: who comes, and who must go. */
class LobbyTest {
  private final List<String> away = new ArrayList<>();
  private final Lobby<String> lobby = new Lobby<>(2, away::add);

  @Test
  void whoWaitsLongestGivesHisPlaceToWhoComes() {
    lobby.enter("a");
    lobby.enter("b");
    lobby.enter("a");
    lobby.enter("c");
    assertThat(away).containsExactly("b");
    lobby.leave("a");
    lobby.enter("d");
    assertThat(away).containsExactly("b");
    assertThat(lobby.size()).isEqualTo(2);
  }

  @Test
  void whoIsLetInLateHasWaitedAsLong() {
    long first = lobby.turn();
    long second = lobby.turn();
    lobby.enter("last");
    lobby.enter("second", second);
    lobby.enter("first", first);
    assertThat(away).as("nobody who came later").containsExactly("first");
    lobby.enter("later");
    assertThat(away).containsExactly("first", "second");
  }
}
