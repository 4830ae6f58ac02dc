using GridVolunteer.Groups.RateLimiting;

namespace GridVolunteer.Groups.Swarm;

/// <summary>
/// Who is served, and how fast: a few peers at once, each in its turn, all together no faster than allowed. A
/// slot falls free when its peer asks for nothing, or has had it for long while others were turned away. One
/// caller at a time.
/// </summary>
internal sealed class Uploads(SwarmOptions options)
{
    private readonly SortedDictionary<ProcessId, UploadSlot> _slots = [];
    private readonly TokenBucket _rate = new(0, 0);
    private UploadAllowance _allowance;
    private ProcessId _lastServed;
    private TimeSpan _turnedAwayAt = TimeSpan.MinValue;

    /// <summary>Peers that are served.</summary>
    public int SlotsTaken => _slots.Count;

    /// <summary>When something may be sent, or a slot falls free.</summary>
    public TimeSpan Due(TimeSpan now)
    {
        // Only the peer whose turn it is counts: another's smaller block could be paid for, but has to wait.
        var due = NextInTurn() is { } next
            ? _rate.When(_slots[next].Waiting[0].SizeBytes, now)
            : TimeSpan.MaxValue;
        foreach (var slot in _slots.Values)
        {
            var idle = slot.ActiveAt + options.SlotIdleMax;
            due = slot.Waiting.Count == 0 && idle < due ? idle : due;
        }

        return due;
    }

    /// <summary>Changes what may be spared. A burst is a second's worth, and a block at least.</summary>
    public void Allow(UploadAllowance allowance, TimeSpan now)
    {
        _allowance = allowance;
        _rate.Change(
            allowance.BytesPerSecond, Math.Max(allowance.BytesPerSecond, BlobShape.BlockSizeBytesMax), now);
    }

    /// <summary>A peer asks for a block; false when it is turned away.</summary>
    public bool TryAdd(ProcessId peer, BlobName blob, int block, int sizeBytes, TimeSpan now)
    {
        FreeIdle(now);
        if (!_slots.TryGetValue(peer, out var slot))
        {
            if (_slots.Count >= _allowance.Slots)
            {
                _turnedAwayAt = now;
                return false;
            }

            slot = new UploadSlot(now);
            _slots.Add(peer, slot);
        }

        if (slot.Waiting.Count >= options.WaitingPerPeer)
        {
            return false;
        }

        slot.ActiveAt = now;
        if (!slot.Waiting.Exists(w => w.Block == block && w.Blob == blob))
        {
            slot.Waiting.Add((blob, block, sizeBytes));
        }

        return true;
    }

    /// <summary>A peer wants a block no more.</summary>
    public void Cancel(ProcessId peer, BlobName blob, int block)
    {
        if (_slots.TryGetValue(peer, out var slot))
        {
            slot.Waiting.RemoveAll(w => w.Block == block && w.Blob == blob);
        }
    }

    /// <summary>Drops what a peer waits for, of one blob or of all, and with the last its slot.</summary>
    public void Drop(ProcessId peer, BlobName? blob)
    {
        if (_slots.TryGetValue(peer, out var slot))
        {
            slot.Waiting.RemoveAll(w => blob is null || w.Blob == blob);
            if (slot.Waiting.Count == 0)
            {
                _slots.Remove(peer);
            }
        }
    }

    /// <summary>
    /// Peers that have to make room: too many for what is allowed now, or long served while others were
    /// turned away. Each with the blobs it waits for.
    /// </summary>
    public List<(ProcessId Peer, BlobName[] Blobs)> Evict(TimeSpan now)
    {
        FreeIdle(now);
        var surplus = Math.Max(0, _slots.Count - _allowance.Slots);
        var leaving = _slots.OrderBy(s => s.Value.Since).Take(surplus).Select(s => s.Key).ToHashSet();
        foreach (var (peer, slot) in _slots)
        {
            // One makes room for one: whoever is turned away next makes the next go.
            if (leaving.Count == 0 && slot.Since + options.SlotTenure <= now && _turnedAwayAt > slot.Since)
            {
                leaving.Add(peer);
                _turnedAwayAt = TimeSpan.MinValue;
            }
        }

        var evicted = leaving.Order()
            .Select(p => (p, _slots[p].Waiting.Select(w => w.Blob).Distinct().ToArray())).ToList();
        foreach (var (peer, _) in evicted)
        {
            _slots.Remove(peer);
        }

        return evicted;
    }

    /// <summary>The next block to send, if the rate allows one.</summary>
    public bool TryNext(TimeSpan now, out ProcessId peer, out BlobName blob, out int block)
    {
        (peer, blob, block) = (default, default, 0);
        if (NextInTurn() is not { } next || !_rate.TryTake(_slots[next].Waiting[0].SizeBytes, now))
        {
            return false;
        }

        peer = next;
        var slot = _slots[peer];
        (blob, block, _) = slot.Waiting[0];
        slot.Waiting.RemoveAt(0);
        slot.ActiveAt = now;
        _lastServed = peer;
        return true;
    }

    /// <summary>Whoever waits for something and comes after the last served in the order of ids.</summary>
    private ProcessId? NextInTurn()
    {
        ProcessId? first = null;
        foreach (var (peer, slot) in _slots)
        {
            if (slot.Waiting.Count > 0 && peer.CompareTo(_lastServed) > 0)
            {
                return peer;
            }

            first ??= slot.Waiting.Count > 0 ? peer : null;
        }

        return first;
    }

    private void FreeIdle(TimeSpan now)
    {
        foreach (var (peer, slot) in _slots.ToArray())
        {
            if (slot.Waiting.Count == 0 && slot.ActiveAt + options.SlotIdleMax <= now)
            {
                _slots.Remove(peer);
            }
        }
    }
}
