using System.Buffers;
using System.IO.Compression;

namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// A workload's package (<c>.gvw</c>): a zip with <c>workload.json</c>, the assembly and its private
/// dependencies, without GridVolunteer.Sdk. Packages come from strangers, so nothing in one is believed:
/// names that lead out of the folder, too many entries and entries that unpack to more than they state are
/// refused before or while they are read.
/// </summary>
public sealed class WorkloadPackage
{
    /// <summary>The ending of a package's file name.</summary>
    public const string Extension = ".gvw";

    /// <summary>The most files in a package.</summary>
    public const int EntriesMax = 2000;

    /// <summary>The most bytes of all files together, unpacked.</summary>
    public const long UnpackedSizeBytesMax = 512L << 20;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:*?\"<>|");

    private const int CopyBufferSizeBytes = 81920;

    private WorkloadPackage(string path, WorkloadManifest manifest, IReadOnlyList<PackageEntry> entries)
    {
        FilePath = path;
        Manifest = manifest;
        Entries = entries;
    }

    /// <summary>Where the package lies.</summary>
    public string FilePath { get; }

    /// <summary>What it says of itself.</summary>
    public WorkloadManifest Manifest { get; }

    /// <summary>Its files, by name.</summary>
    public IReadOnlyList<PackageEntry> Entries { get; }

    /// <summary>Reads a package's directory and manifest and checks both.</summary>
    /// <exception cref="WorkloadLoadException">It is no package, or one that breaks the limits.</exception>
    public static WorkloadPackage Open(string path) => Guarded(path, () =>
    {
        using var zip = ZipFile.OpenRead(path);
        var files = Check(zip);
        var manifestEntry = zip.GetEntry(WorkloadManifest.FileName)
            ?? throw new WorkloadLoadException($"{path} is no workload package: it has no {WorkloadManifest.FileName} at its root.");
        using var bytes = new MemoryStream();
        Copy(manifestEntry, bytes);
        var manifest = WorkloadManifest.Parse(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        if (zip.GetEntry(manifest.Assembly) is null)
        {
            throw new WorkloadLoadException($"{path} lacks the assembly {manifest.Assembly} that its manifest names.");
        }

        var entries = files.Select(e => new PackageEntry(e.FullName, e.Length)).OrderBy(e => e.Name, StringComparer.Ordinal);
        return new WorkloadPackage(path, manifest, [.. entries]);
    });

    /// <summary>
    /// Writes every file below <paramref name="folder"/>, which should be empty, and syncs it.
    /// </summary>
    /// <exception cref="WorkloadLoadException">The package is damaged or breaks the limits.</exception>
    public void ExtractTo(string folder) => Guarded(FilePath, () =>
    {
        using var zip = ZipFile.OpenRead(FilePath);
        foreach (var entry in Check(zip))
        {
            var target = Path.Combine(folder, entry.FullName);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
            Copy(entry, file);
            file.Flush(flushToDisk: true);
        }

        return true;
    });

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FileNotFoundException e)
        {
            throw new WorkloadLoadException($"There is no package {path}.", e);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new WorkloadLoadException($"{path} is no workload package or is damaged: {e.Message}", e);
        }
    }

    /// <summary>The files of a zip, once names, number and stated sizes are known to be harmless.</summary>
    private static List<ZipArchiveEntry> Check(ZipArchive zip)
    {
        if (zip.Entries.Count > EntriesMax)
        {
            throw new WorkloadLoadException($"The package has {zip.Entries.Count} entries; at most {EntriesMax} are allowed.");
        }

        var files = zip.Entries.Where(e => !e.FullName.EndsWith('/')).ToList();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var total = 0L;
        foreach (var entry in files)
        {
            if (!IsHarmless(entry.FullName))
            {
                throw new WorkloadLoadException($"The package has an entry with a forbidden name: '{Printable(entry.FullName)}'.");
            }

            if (!seen.Add(entry.FullName))
            {
                throw new WorkloadLoadException($"The package has the entry '{entry.FullName}' twice.");
            }

            total += entry.Length;
            if (entry.Length < 0 || total > UnpackedSizeBytesMax)
            {
                throw new WorkloadLoadException(
                    $"The package unpacks to more than {UnpackedSizeBytesMax >> 20} MiB, which is the limit.");
            }
        }

        return files;
    }

    /// <summary>A relative path that stays inside and means the same on every system.</summary>
    private static bool IsHarmless(string name) =>
        name.Length is > 0 and <= 240
        && !name.AsSpan().ContainsAny(Forbidden)
        && !name.Any(char.IsControl)
        && name.Split('/').All(part => part.Length > 0 && part[^1] is not ('.' or ' '));

    private static string Printable(string name) =>
        string.Concat(name.Take(100).Select(c => char.IsControl(c) ? '?' : c));

    /// <summary>
    /// Copies what the entry states and not a byte more, whatever the compressed stream goes on to yield.
    /// </summary>
    private static void Copy(ZipArchiveEntry entry, Stream target)
    {
        using var source = entry.Open();
        var buffer = new byte[CopyBufferSizeBytes];
        var left = entry.Length;
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            left -= read;
            if (left < 0)
            {
                break;
            }

            target.Write(buffer, 0, read);
        }

        if (left != 0)
        {
            throw new WorkloadLoadException($"The package is damaged: '{entry.FullName}' is not as long as it states.");
        }
    }
}
