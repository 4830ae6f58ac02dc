using System.Text;
using GridVolunteer.Groups;
using GridVolunteer.Groups.Protocols;
using GridVolunteer.Groups.Search;
using GridVolunteer.Simulation.Identity;
using GridVolunteer.Simulation.Networking;

namespace GridVolunteer.Simulation.Search;

/// <summary>A peer that searches and answers: it holds one thing, named after it.</summary>
internal sealed class SearchProgram : ISimulatedProgram
{
    private readonly SearchWorld _world;
    private readonly Machine _machine;
    private readonly SearchFlaw _flaw;
    private readonly Output<SearchEvent> _output = new();

    public SearchProgram(SearchWorld world, Machine machine, SearchOptions options, SearchFlaw flaw)
    {
        _world = world;
        _machine = machine;
        _flaw = flaw;
        if (flaw == SearchFlaw.ForgetsQueries)
        {
            options = options with { SeenLifetime = TimeSpan.FromTicks(1) };
        }

        Node = new SearchNode(SimulatedIds.Of(machine.Number), options, world.Simulator.Random);
        Node.SetNeighbours(world.Topology.Of(machine.Number).Select(SimulatedIds.Of));
    }

    public SearchNode Node { get; }

    public TimeSpan Due => Node.Due;

    /// <summary>Searches for what a machine holds, or for what all hold.</summary>
    public void Search(int? holder, int answersWanted, TimeSpan now)
    {
        var query = Encoding.UTF8.GetBytes(holder is { } one ? $"{one}" : "*");
        var id = Node.Search(query, answersWanted, now, _output);
        if (id is { } asked)
        {
            _world.Asked(_machine.Number, asked, holder);
        }

        Carry(from: null);
    }

    public void Receive(int from, ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        var isQuery = QueryBytes.IsQuery(bytes);
        var taken = _flaw switch
        {
            SearchFlaw.IgnoresTimeToLive when isQuery => QueryBytes.JustSetOut(bytes),
            SearchFlaw.IgnoresWiderRings when isQuery => QueryBytes.WithRing(bytes, 0),
            _ => bytes,
        };
        Node.Receive(SimulatedIds.Of(from), taken, now, _output);
        if (_flaw == SearchFlaw.SendsBack && isQuery && _output.Messages.Count > 0)
        {
            var onwards = _output.BytesOf(_output.Messages[0]).ToArray();
            _output.Send(SimulatedIds.Of(from), Carrier.Datagram, onwards);
        }

        Carry(from);
    }

    public void Tick(TimeSpan now)
    {
        Node.Tick(now, _output);
        Carry(from: null);
    }

    public void SendFailed(int to, TimeSpan now)
    {
    }

    private void Carry(int? from)
    {
        foreach (var happened in _output.Events.ToArray())
        {
            _world.Happened(_machine.Number, happened);
            if (happened is SearchEvent.QueryArrived query && Holds(query.Query.Span))
            {
                Node.Answer(query.Id, Encoding.UTF8.GetBytes($"{_machine.Number}"), _output);
            }
        }

        foreach (var message in _output.Messages)
        {
            var bytes = _output.BytesOf(message).ToArray();
            if (from is not null && (_flaw == SearchFlaw.PassesNothingOn && QueryBytes.IsQuery(bytes)
                || _flaw == SearchFlaw.PassesNoAnswers && QueryBytes.IsAnswer(bytes)))
            {
                continue;
            }

            var to = SimulatedIds.MachineOf(message.To);
            _world.Sends(_machine.Number, to, from, bytes);
            _world.Network.Send(_machine.Number, to, bytes, isStream: false);
        }

        _output.Clear();
    }

    private bool Holds(ReadOnlySpan<byte> query) =>
        query is [(byte)'*'] || query.SequenceEqual(Encoding.UTF8.GetBytes($"{_machine.Number}"));
}
