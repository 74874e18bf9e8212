/** How a machine joins a realm. */
package org.cranny.protocol.enrollment;
