/** This machine's copy of the signed list of hosts. */
package org.cranny.client.masterfile;
