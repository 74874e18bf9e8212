/** What is done to JSON before a library reads it. */
package org.cranny.protocol.json;
