namespace GridVolunteer.Agent.Hosting;

/// <summary>
/// Looks on the path for programs that jobs of scientists commonly need. Only these are told, since the list of everything
/// that is installed is nobody's business.
/// </summary>
internal static class ProgramScan
{
    /// <summary>The programs looked for, lower case.</summary>
    internal static readonly string[] WellKnown =
    [
        "ansys", "awk", "bash", "bcftools", "bedtools", "blastn", "blastp", "blender", "bowtie2", "bwa", "bzip2", "cargo",
        "clang", "clustalo", "cmake", "comsol", "conda", "cp2k", "curl", "diamond", "docker", "dotnet", "elmersolver",
        "fasttree", "ffmpeg", "g++", "gap", "gawk", "gcc", "gdal_translate", "gfortran", "ghc", "gmx", "gnuplot", "go",
        "gromacs", "gzip", "hmmsearch", "iqtree", "iqtree2", "java", "javac", "jq", "julia", "lammps", "lmp", "lua", "luajit",
        "mafft", "magma", "make", "maple", "mathematica", "matlab", "maxima", "micromamba", "minimap2", "mpirun", "muscle",
        "namd2", "node", "nwchem", "ocaml", "octave", "octave-cli", "openfoam", "orca", "perl", "php", "pip3", "podman",
        "povray", "psi4", "pw.x", "pypy3", "python", "python3", "qemu-system-x86_64", "r", "raxml", "raxmlng", "rscript",
        "ruby", "rustc", "sage", "samtools", "scilab", "sed", "sh", "sqlite3", "su2_cfd", "swift", "tar", "tclsh", "uv",
        "vasp", "vina", "wine", "wolframscript", "xz", "zstd",
    ];

    /// <summary>Those found in the folders of <paramref name="path"/>, lower case and sorted.</summary>
    public static IReadOnlyList<string> Find(string path)
    {
        var known = WellKnown.ToHashSet();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var folder in path.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            foreach (var name in NamesIn(folder))
            {
                if (known.Contains(name))
                {
                    found.Add(name);
                }
            }
        }

        return [.. found];
    }

    private static IEnumerable<string> NamesIn(string folder)
    {
        try
        {
            // "Rscript" and "R" are told as rscript and r, as needs are written; .exe and the like are left out.
            return [.. Directory.EnumerateFiles(folder)
                .Select(f => OperatingSystem.IsWindows() ? Path.GetFileNameWithoutExtension(f) : Path.GetFileName(f))
                .Select(n => n.ToLowerInvariant())];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A folder of the path that is not there, or not ours to read.
            return [];
        }
    }
}
