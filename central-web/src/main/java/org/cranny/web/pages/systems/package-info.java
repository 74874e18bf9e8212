/** The list of systems, and one system. */
package org.cranny.web.pages.systems;
