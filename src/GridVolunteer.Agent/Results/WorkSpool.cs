using System.Text.Json;
using GridVolunteer.Agent.Worker.Frames;
using GridVolunteer.Peer.Reporting;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Agent.Results;

/// <summary>
/// What the agent holds and has finished, on disk until it is acknowledged, so that neither its own death nor the
/// coordinator's absence loses a result: a unit is either finished here, or its grant is and it is computed again.
/// Records reach the system before anyone acts on them, but are not synced: if the machine loses power, units are computed
/// again. While the disk is full, everything stays in memory, and the file is written anew as soon as it can be.
/// One caller at a time.
/// </summary>
internal sealed class WorkSpool : IDisposable
{
    private const long CompactSizeBytesMin = 4 * 1024 * 1024;
    private const int CompactRatio = 4;

    private readonly string _path;
    private readonly Dictionary<GrantId, SpooledGrant> _grants = [];
    private SpoolFile _file;
    private bool _stale;
    private long _compactAtBytes = CompactSizeBytesMin;

    private WorkSpool(string path)
    {
        _path = path;
        _file = SpoolFile.Open(path, Apply);
        foreach (var over in _grants.Values.Where(g => g.IsOver).ToList())
        {
            _grants.Remove(over.Offer.Grant);
        }
    }

    /// <summary>Grants with something to compute or to report.</summary>
    public IReadOnlyCollection<SpooledGrant> Grants => _grants.Values;

    /// <summary>Why the file is behind, or null while all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Opens the spool of <paramref name="folder"/> and reads what an earlier agent left.</summary>
    public static WorkSpool Open(string folder) => new(Path.Combine(folder, "work.spool"));

    public void AddGrant(GrantOffer offer)
    {
        if (_grants.TryAdd(offer.Grant, new SpooledGrant(offer)))
        {
            Append(SpoolRecords.Offer(offer));
        }
    }

    public void AddFinished(GrantId grant, IReadOnlyCollection<FinishedUnit> units)
    {
        if (units.Count > 0 && _grants.TryGetValue(grant, out var held))
        {
            foreach (var unit in units)
            {
                held.Finished[unit.Unit] = unit;
            }

            Append(SpoolRecords.Finished(grant, units));
        }
    }

    public void Acknowledge(GrantId grant, IReadOnlyCollection<long> units)
    {
        if (units.Count > 0 && _grants.TryGetValue(grant, out var held))
        {
            foreach (var unit in units)
            {
                held.Finished.Remove(unit);
                held.Acknowledged.Add(unit);
            }

            Append(SpoolRecords.Acknowledged(grant, units));
            ForgetIfOver(held);
        }
    }

    /// <summary>The grant's unfinished units are of no use any more, or were handed back.</summary>
    public void Drop(GrantId grant)
    {
        if (_grants.TryGetValue(grant, out var held) && !held.Dropped)
        {
            held.Dropped = true;
            Append(SpoolRecords.Dropped(grant));
            ForgetIfOver(held);
        }
    }

    /// <summary>Nothing of the grant is of use any more, finished or not; answers how many results go.</summary>
    public int Forget(GrantId grant)
    {
        if (!_grants.TryGetValue(grant, out var held))
        {
            return 0;
        }

        var finished = held.Finished.Keys.ToList();
        Acknowledge(grant, finished);
        Drop(grant);
        return finished.Count;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Apply(ReadOnlyMemory<byte> record)
    {
        try
        {
            SpoolRecords.Apply(record, _grants);
        }
        catch (Exception fault) when (fault is FrameException or JsonException)
        {
            // Whole but not understood: a newer agent wrote it. Its units are computed again.
        }
    }

    private void ForgetIfOver(SpooledGrant grant)
    {
        if (grant.IsOver)
        {
            _grants.Remove(grant.Offer.Grant);
        }
    }

    private void Append(byte[] record)
    {
        try
        {
            if (_stale || _file.LengthBytes > _compactAtBytes)
            {
                // The record's effect is in memory already, and so in what is written here.
                Compact();
            }
            else
            {
                _file.Append(record);
            }

            Trouble = null;
        }
        catch (IOException fault)
        {
            _stale = true;
            Trouble = fault.Message;
        }
    }

    private void Compact()
    {
        if (_grants.Count == 0)
        {
            _file.Clear();
        }
        else
        {
            var anew = SpoolFile.Replace(_path, Records());
            _file.Dispose();
            _file = anew;
        }

        _stale = false;
        _compactAtBytes = Math.Max(CompactSizeBytesMin, CompactRatio * _file.LengthBytes);
    }

    private IEnumerable<byte[]> Records()
    {
        foreach (var grant in _grants.Values)
        {
            var id = grant.Offer.Grant;
            yield return SpoolRecords.Offer(grant.Offer);
            if (grant.Acknowledged.Count > 0)
            {
                yield return SpoolRecords.Acknowledged(id, grant.Acknowledged);
            }

            if (grant.Finished.Count > 0)
            {
                yield return SpoolRecords.Finished(id, grant.Finished.Values);
            }

            if (grant.Dropped)
            {
                yield return SpoolRecords.Dropped(id);
            }
        }
    }
}
