/** Reaches a machine that has nothing but sshd and tar. */
package org.cranny.engine.ssh;
