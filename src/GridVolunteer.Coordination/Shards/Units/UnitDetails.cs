namespace GridVolunteer.Coordination.Shards.Units;

/// <summary>The details of the few units that have one; the unit's code says that it has.</summary>
/// <param name="states">The units' states, changed along.</param>
internal sealed class UnitDetails(UnitStates states)
{
    private readonly Dictionary<int, UnitDetail> _details = [];

    /// <summary>Units with a detail, increasing.</summary>
    public IEnumerable<int> Units => _details.Keys.Order();

    /// <summary>All details, in no order.</summary>
    public IEnumerable<UnitDetail> All => _details.Values;

    /// <summary>The unit's detail, or null.</summary>
    public UnitDetail? Find(int unit) => UnitCode.IsTracked(states[unit]) ? _details[unit] : null;

    /// <summary>The unit's detail, made when there was none.</summary>
    public UnitDetail For(int unit)
    {
        if (!_details.TryGetValue(unit, out var detail))
        {
            detail = new UnitDetail();
            _details.Add(unit, detail);
            states.Change(unit, 1, UnitChange.Track);
        }

        return detail;
    }

    /// <summary>The units are about to be decided: their details go.</summary>
    public void Forget(int start, int count)
    {
        for (var unit = start; _details.Count > 0 && unit < start + count; unit++)
        {
            if (UnitCode.IsTracked(states[unit]))
            {
                _details.Remove(unit);
            }
        }
    }
}
