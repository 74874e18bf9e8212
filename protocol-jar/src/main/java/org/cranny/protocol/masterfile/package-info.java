/** The signed list of hosts. */
package org.cranny.protocol.masterfile;
