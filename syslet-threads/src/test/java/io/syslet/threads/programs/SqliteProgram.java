package io.syslet.threads.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** {@code SqliteProgram FOLDER}: many virtual threads, each with a connection of its own. */
final class SqliteProgram {
  private static final int ROWS = 500;
  private static final int THREADS = 16;

  private SqliteProgram() {}

  public static void main(String[] args) throws Exception {
    String url = "jdbc:sqlite:" + args[0] + "/test.db";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (n INTEGER)");
      insert(connection);
    }
    Crowd.report(Crowd.sum(THREADS, () -> count(url)));
  }

  private static void insert(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
      for (int i = 0; i < ROWS; i++) {
        insert.setInt(1, i);
        insert.executeUpdate();
      }
    }
    connection.commit();
  }

  private static int count(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("SELECT count(*) FROM t WHERE n % 2 = 0")) {
      return found.next() ? found.getInt(1) : -1;
    }
  }
}
