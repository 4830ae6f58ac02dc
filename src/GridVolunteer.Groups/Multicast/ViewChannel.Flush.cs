namespace GridVolunteer.Groups.Multicast;

/// <content>The end of a view.</content>
internal sealed partial class ViewChannel
{
    /// <summary>
    /// Stops sending, receiving and delivering: what is held now is what others are told, and nothing may be
    /// delivered that they do not know of.
    /// </summary>
    public void Freeze() => IsFrozen = true;

    /// <summary>Lets in, of what is missing, what belongs to a cut.</summary>
    public void Collect(IReadOnlyList<ulong> cut) => _cut = [.. cut];

    /// <summary>True when every message of the cut is held.</summary>
    public bool Covers(IReadOnlyList<ulong> cut)
    {
        for (var origin = 0; origin < _logs.Length; origin++)
        {
            if (_logs[origin].Contiguous < cut[origin])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Asks for what is missing up to the cut: those who hold it, or by turns anybody else.</summary>
    public void Fetch(IReadOnlyList<ulong> cut, IReadOnlyList<int> holders, int round)
    {
        for (var origin = 0; origin < _logs.Length; origin++)
        {
            if (_logs[origin].Contiguous >= cut[origin])
            {
                continue;
            }

            var to = round % 2 == 0 ? holders[origin] : _random.Next(_links.Length);
            SendNak(to == _self ? holders[origin] : to, origin, cut[origin]);
        }
    }

    /// <summary>Delivers up to the cut, safe ones too: everybody who goes on delivers them.</summary>
    public void Close(IReadOnlyList<ulong> cut)
    {
        IsFrozen = true;
        for (var origin = 0; origin < _logs.Length; origin++)
        {
            Deliver(origin, countsAsStable: true, cut[origin]);
        }
    }
}
