/** What hosts report, and what they are told. */
package org.cranny.protocol.heartbeat;
