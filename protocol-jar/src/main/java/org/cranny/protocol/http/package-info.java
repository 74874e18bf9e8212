/** How much of an answer is read, and where a request ends. */
package org.cranny.protocol.http;
