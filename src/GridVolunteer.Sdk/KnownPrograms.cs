namespace GridVolunteer.Sdk;

/// <summary>
/// Programs that agents look for on their path and tell the coordinator of, so that jobs can name them in
/// <see cref="MachineNeeds.Programs"/>. A program outside this list is never reported, so nobody would get
/// the job.
/// </summary>
public static class KnownPrograms
{
    /// <summary>
    /// Their file names as they are written on disk. Needs and reports write them in lower case.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "python3", "python", "pypy3", "Rscript", "R", "julia", "octave", "matlab", "perl", "ruby", "node",
        "deno", "java",
        "dotnet", "bash", "sh", "awk", "gawk", "sed", "bc", "lua", "php", "ghc", "guile", "gnuplot", "ffmpeg",
        "convert",
        "magick", "blender", "povray", "gcc", "g++", "clang", "gfortran", "make", "cmake", "rustc", "cargo",
        "go", "nvidia-smi",
        "git", "curl", "zip", "unzip", "tar", "gzip", "xz", "sqlite3", "blastp", "hmmsearch", "mmseqs",
        "samtools", "bwa",
        "gmx", "lmp", "namd2", "netlogo", "gams", "glpsol", "scip", "z3", "minizinc", "singularity",
        "apptainer", "docker",
        "podman",
    ];

    /// <summary>Whether agents report this program, whatever its case.</summary>
    public static bool Contains(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
