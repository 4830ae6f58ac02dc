using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.FailureDetection;

/// <summary>
/// Claims to be passed on, each some times. The latest about a process replaces the one before, so there are at
/// most as many as processes; those passed on least come first.
/// </summary>
internal sealed class GossipQueue
{
    private readonly List<Entry> _entries = [];

    public bool IsEmpty => _entries.Count == 0;

    public void Add(MemberClaim claim)
    {
        Remove(claim.Subject);
        _entries.Insert(0, new Entry(claim));
    }

    /// <summary>Drops what is said against others.</summary>
    public void ForgetAccusations() =>
        _entries.RemoveAll(e => e.Claim.Status is MemberStatus.Suspect or MemberStatus.Dead);

    public void Remove(ProcessId subject) => _entries.RemoveAll(e => e.Claim.Subject == subject);

    /// <summary>
    /// Writes as many claims as fit, and counts them as passed on once more.
    /// </summary>
    /// <param name="writer">Where to; the message that holds them is the caller's.</param>
    /// <param name="lengthMax">Beyond this nothing is written.</param>
    /// <param name="sendsMax">How often a claim is passed on.</param>
    /// <param name="except">Nothing about this process: its own claim has been written already.</param>
    public void Write(WireWriter writer, int lengthMax, int sendsMax, ProcessId except)
    {
        for (var i = 0; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            if (entry.Claim.Subject == except)
            {
                continue;
            }

            var before = writer.Length;
            entry.Claim.Write(writer);
            if (writer.Length > lengthMax)
            {
                writer.Truncate(before);
                break;
            }

            entry.Sends++;
        }

        _entries.RemoveAll(e => e.Sends >= sendsMax);
        Sort();
    }

    // Insertion sort: the order hardly changes from one time to the next, and it keeps equal ones in order.
    private void Sort()
    {
        for (var i = 1; i < _entries.Count; i++)
        {
            var entry = _entries[i];
            var at = i;
            while (at > 0 && _entries[at - 1].Sends > entry.Sends)
            {
                _entries[at] = _entries[--at];
            }

            _entries[at] = entry;
        }
    }

    private sealed class Entry(MemberClaim claim)
    {
        public MemberClaim Claim { get; } = claim;

        public int Sends { get; set; }
    }
}
