/** Brings a lost machine back: as an archive, or by handing its place over to another machine. */
package org.cranny.central.recovery;
