using GridVolunteer.Groups.Swarm;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Swarm;

/// <summary>
/// Watches a swarm: wrong bytes are never stored, blame hits who lied and nobody else, each block is stored
/// once, pieces and blobs are complete when they say so, and a block is asked of three at most.
/// </summary>
internal sealed class SwarmChecker(BlobTruth truth, int peers)
{
    private const int RequestsMax = 3;

    private readonly List<string> _violations = [];
    private readonly HashSet<int>[] _stored = [.. Enumerable.Range(0, peers).Select(_ => new HashSet<int>())];
    private readonly HashSet<(int Liar, int Victim)> _lies = [];
    private readonly HashSet<int> _complete = [];

    public IReadOnlyList<string> Violations => _violations;

    public long BlocksStored => _stored.Sum(s => s.Count);

    public int Blamed { get; private set; }

    public int Refused { get; private set; }

    public bool IsComplete(int peer) => _complete.Contains(peer);

    public void Lied(int liar, int victim) => _lies.Add((liar, victim));

    public void Happened(int machine, PieceSet before, SwarmEvent happened)
    {
        switch (happened)
        {
            case SwarmEvent.BlockArrived block:
                CheckBlock(machine, block);
                break;
            case SwarmEvent.PieceCompleted piece when !HasPiece(machine, piece.Piece):
                Violate($"{machine} takes piece {piece.Piece} for complete");
                break;
            case SwarmEvent.BlobCompleted:
                for (var piece = 0; piece < truth.Shape.PieceCount; piece++)
                {
                    if (!before.Contains(piece) && !HasPiece(machine, piece))
                    {
                        Violate($"{machine} takes the blob for complete without piece {piece}");
                    }
                }

                _complete.Add(machine);
                break;
            case SwarmEvent.WrongBlock wrong:
                Blamed++;
                if (!_lies.Contains((SimulatedIds.MachineOf(wrong.Peer), machine)))
                {
                    Violate($"{machine} blames {SimulatedIds.MachineOf(wrong.Peer)}, which did not lie");
                }

                break;
            case SwarmEvent.Refused:
                Refused++;
                break;
        }
    }

    public void CheckRequests(int machine, SwarmNode node)
    {
        for (var block = 0; block < truth.Shape.BlockCount; block++)
        {
            var open = node.OpenRequests(truth.Name, block);
            if (open > RequestsMax)
            {
                Violate($"{machine} asks {open} for block {block}");
            }

            if (open > 0 && _stored[machine].Contains(block))
            {
                Violate($"{machine} asks for block {block}, which it has");
            }
        }
    }

    public void Violate(string violation)
    {
        if (_violations.Count < 100)
        {
            _violations.Add(violation);
        }
    }

    private void CheckBlock(int machine, SwarmEvent.BlockArrived block)
    {
        if (!block.Data.Span.SequenceEqual(truth.Block(block.Block))
            || block.OffsetBytes != truth.Shape.OffsetOf(block.Block))
        {
            Violate($"{machine} stores wrong bytes for block {block.Block}");
        }

        if (!_stored[machine].Add(block.Block))
        {
            Violate($"{machine} stores block {block.Block} twice");
        }
    }

    private bool HasPiece(int machine, int piece) =>
        Enumerable.Range(truth.Shape.FirstBlock(piece), truth.Shape.BlocksOf(piece))
            .All(_stored[machine].Contains);
}
