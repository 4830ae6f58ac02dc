namespace GridVolunteer.Workloads.ParameterSweep.Dimensions;

/// <summary>Values one part after the other: <c>1..10,20,50..60</c>.</summary>
internal sealed class JoinedValues : IValues
{
    private readonly IValues[] _parts;
    private readonly long[] _starts;

    public JoinedValues(IReadOnlyList<IValues> parts)
    {
        _parts = [.. parts];
        _starts = new long[_parts.Length];
        for (var i = 0; i < _parts.Length; i++)
        {
            _starts[i] = Count;
            Count += _parts[i].Count;
        }
    }

    public long Count { get; }

    public string this[long place]
    {
        get
        {
            var found = Array.BinarySearch(_starts, place);
            var part = found >= 0 ? found : ~found - 1;
            return _parts[part][place - _starts[part]];
        }
    }
}
