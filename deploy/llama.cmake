# Read by CMake right after llama.cpp's own project() line, when llama-cpp-python is compiled: deploy/llama.py
# passes this file's path as CMAKE_PROJECT_llama.cpp_INCLUDE. It says what is compiled and with which instructions.
include(CheckCCompilerFlag)
include(CheckCXXCompilerFlag)

# -march=native turns the tile instructions (AMX) on wherever the processor lists them. Many virtual machines and
# sandboxes list them and kill the process at the first one (Illegal instruction), so they are left out. A compiler
# for another kind of processor, or one too old to know them, does not know the flags and needs none.
foreach(feature amx-tile amx-int8 amx-bf16)
  string(MAKE_C_IDENTIFIER "INCAMERA_NO_${feature}" known)
  check_c_compiler_flag("-mno-${feature}" ${known}_C)
  check_cxx_compiler_flag("-mno-${feature}" ${known}_CXX)
  if(${known}_C AND ${known}_CXX)
    add_compile_options("-mno-${feature}")
  endif()
endforeach()

# llama.cpp's library of things shared by its programs (arguments, downloads, templates). The Python package asks
# for it and never loads it. An ordinary variable here wins over the package's choice in the cache.
set(LLAMA_BUILD_COMMON OFF)
