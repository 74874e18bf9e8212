/** Makes this machine a source of a realm. */
package org.cranny.client.enrollment;
