package io.syslet.examples.sim;

/** What the simulated tree lies on. */
public enum DiskKind {
  /** A desktop disk of 7200 rpm, with an arm. */
  HDD,
  /** Flash behind NVMe. */
  SSD
}
