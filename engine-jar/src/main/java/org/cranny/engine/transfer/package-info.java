/** Moves fragments between this machine and the hosts. */
package org.cranny.engine.transfer;
