/** Mutual TLS as every part of Cranny speaks it. */
package org.cranny.protocol.tls;
