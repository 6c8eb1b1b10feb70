package io.syslet.kernel.sim;

import java.util.List;

/** Who a task is: credentials(7). Immutable. The file system's user is the effective one. */
public record Credentials(
    int uid,
    int effectiveUid,
    int savedUid,
    int gid,
    int effectiveGid,
    int savedGid,
    List<Integer> groups) {
  /** The superuser. */
  public static final Credentials ROOT = of(0, 0);

  /** All user ids {@code uid}, all group ids {@code gid}, no further groups. */
  public static Credentials of(int uid, int gid) {
    return new Credentials(uid, uid, uid, gid, gid, gid, List.of());
  }

  /** Copies the groups. */
  public Credentials {
    groups = List.copyOf(groups);
  }

  /** Whether the permissions of files do not count. */
  public boolean isPrivileged() {
    return effectiveUid == 0;
  }

  /** Whether the effective group or one of the further groups is {@code group}. */
  public boolean isIn(int group) {
    return effectiveGid == group || groups.contains(group);
  }

  /** With other user ids. */
  public Credentials users(int real, int effective, int saved) {
    return new Credentials(real, effective, saved, gid, effectiveGid, savedGid, groups);
  }

  /** With other group ids. */
  public Credentials groups(int real, int effective, int saved) {
    return new Credentials(uid, effectiveUid, savedUid, real, effective, saved, groups);
  }
}
