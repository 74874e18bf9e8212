/** How much of an answer is read. */
package org.cranny.protocol.http;
