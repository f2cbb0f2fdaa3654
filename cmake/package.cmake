# Debian packages of the two components: scripts/package.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME kiphan)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The authors of kiphan <kiphan@kiphan.invalid>")
set(CPACK_DEBIAN_PACKAGE_MAINTAINER ${CPACK_PACKAGE_CONTACT})
set(CPACK_COMPONENTS_ALL kiphan kiphan-worker)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION admin)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_SET_DESTDIR ON) # some of it lies outside the prefix, in /etc
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/package-times.cmake)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
    WORLD_READ WORLD_EXECUTE)

# The scripts of dpkg: a directory a package, as its names are fixed.
foreach(script postinst prerm postrm)
  foreach(component kiphan kiphan-worker)
    configure_file(systemd/debian/${component}.${script}
                   ${CMAKE_BINARY_DIR}/debian/${component}/${script} COPYONLY)
    list(APPEND ${component}_scripts
         ${CMAKE_BINARY_DIR}/debian/${component}/${script})
  endforeach()
endforeach()
file(WRITE ${CMAKE_BINARY_DIR}/debian/kiphan/conffiles "/etc/sudoers.d/kiphan\n")

# ExecReload= takes procps' kill; zones come from the system's tzdata.
set(CPACK_DEBIAN_KIPHAN_PACKAGE_NAME kiphan)
set(CPACK_DEBIAN_KIPHAN_PACKAGE_DEPENDS "systemd, procps, tzdata")
set(CPACK_DEBIAN_KIPHAN_PACKAGE_RECOMMENDS "kiphan-worker, sudo")
set(CPACK_DEBIAN_KIPHAN_PACKAGE_CONTROL_EXTRA
    ${kiphan_scripts} ${CMAKE_BINARY_DIR}/debian/kiphan/conffiles)
set(CPACK_COMPONENT_KIPHAN_DESCRIPTION
    "deadline watch of a public office\nThe scheduler daemon and the admin's command: tells the right person, in time,\nonce, on the channel they read.")

set(CPACK_DEBIAN_KIPHAN-WORKER_PACKAGE_NAME kiphan-worker)
set(CPACK_DEBIAN_KIPHAN-WORKER_PACKAGE_DEPENDS "systemd, tzdata, ca-certificates")
set(CPACK_DEBIAN_KIPHAN-WORKER_PACKAGE_CONTROL_EXTRA ${kiphan-worker_scripts})
set(CPACK_COMPONENT_KIPHAN-WORKER_DESCRIPTION
    "deadline watch of a public office: delivery\nRenders the notices of kiphan and delivers them, a process a channel; may run\non a machine of its own.")

include(CPack)
