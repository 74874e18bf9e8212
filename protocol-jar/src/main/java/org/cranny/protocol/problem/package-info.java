/** Every way in which a request can fail, with code, status, exit code and advice. */
package org.cranny.protocol.problem;
