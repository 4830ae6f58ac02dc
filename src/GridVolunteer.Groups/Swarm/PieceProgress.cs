namespace GridVolunteer.Groups.Swarm;

/// <summary>A piece of which some blocks are here, or asked for.</summary>
internal sealed class PieceProgress(int blocks)
{
    private readonly bool[] _received = new bool[blocks];

    public int Received { get; private set; }

    public bool IsComplete => Received == _received.Length;

    public int Blocks => _received.Length;

    public bool Has(int index) => _received[index];

    public void Add(int index)
    {
        _received[index] = true;
        Received++;
    }
}
