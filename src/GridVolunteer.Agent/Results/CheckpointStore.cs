using System.Globalization;
using System.Security.Cryptography;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Agent.Results;

/// <summary>
/// The last checkpoint of each unit under way, on disk, so that the unit goes on after the agent or its worker has died.
/// A file holds the SHA-256 of the state and the state; one that does not match is ignored. Checkpoints are a convenience:
/// when the disk refuses, the unit merely starts over. Safe for concurrent use.
/// </summary>
internal sealed class CheckpointStore
{
    private readonly Lock _gate = new();
    private readonly HashSet<(JobId Job, long Unit)> _known = [];
    private readonly string _folder;

    /// <summary>The store in <paramref name="folder"/>, with what an earlier agent left there.</summary>
    public CheckpointStore(string folder)
    {
        _folder = folder;
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            if (Parse(Path.GetFileName(path)) is { } key)
            {
                _known.Add(key);
            }
            else
            {
                File.Delete(path);
            }
        }
    }

    public bool Has(JobId job, long unit)
    {
        lock (_gate)
        {
            return _known.Contains((job, unit));
        }
    }

    /// <summary>Whether it has any of the job: the question that is asked for every batch.</summary>
    public bool HasAny(JobId job)
    {
        lock (_gate)
        {
            return _known.Count > 0 && _known.Any(k => k.Job == job);
        }
    }

    /// <summary>Keeps a state; the disk's refusal is answered with false and leaves the one before.</summary>
    public bool TrySave(JobId job, long unit, ReadOnlySpan<byte> state)
    {
        var path = PathOf(job, unit);
        var part = path + ".part";
        try
        {
            using (var file = new FileStream(part, FileMode.Create, FileAccess.Write))
            {
                file.Write(SHA256.HashData(state));
                file.Write(state);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (IOException)
        {
            File.Delete(part);
            return false;
        }

        lock (_gate)
        {
            _known.Add((job, unit));
        }

        return true;
    }

    /// <summary>The last state, or null when there is none that is whole.</summary>
    public byte[]? Load(JobId job, long unit)
    {
        try
        {
            var bytes = File.ReadAllBytes(PathOf(job, unit));
            return bytes.Length >= SHA256.HashSizeInBytes
                && SHA256.HashData(bytes.AsSpan(SHA256.HashSizeInBytes))
                    .AsSpan().SequenceEqual(bytes.AsSpan(0, SHA256.HashSizeInBytes))
                ? bytes[SHA256.HashSizeInBytes..]
                : null;
        }
        catch (IOException)
        {
            // Gone or unreadable: the unit starts over.
            return null;
        }
    }

    /// <summary>Forgets the state of a unit that is done with.</summary>
    public void Delete(JobId job, long unit)
    {
        lock (_gate)
        {
            if (!_known.Remove((job, unit)))
            {
                return;
            }
        }

        File.Delete(PathOf(job, unit));
    }

    /// <summary>Forgets the states of all units that are not to be computed here.</summary>
    public void DeleteAllBut(Func<JobId, long, bool> isHeld)
    {
        List<(JobId Job, long Unit)> stale;
        lock (_gate)
        {
            stale = [.. _known.Where(k => !isHeld(k.Job, k.Unit))];
        }

        foreach (var (job, unit) in stale)
        {
            Delete(job, unit);
        }
    }

    private string PathOf(JobId job, long unit) =>
        Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{job}.{unit}"));

    private static (JobId Job, long Unit)? Parse(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && JobId.TryParse(name[..dot], null, out var job)
            && long.TryParse(name.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var unit)
            ? (job, unit)
            : null;
    }
}
