using GridVolunteer.Groups.Search;
using GridVolunteer.Simulation.Identity;

namespace GridVolunteer.Simulation.Search;

/// <summary>
/// Watches searches: a query is handled once a peer, passed on once a ring and never back, within its time to
/// live; answers are true, one for each answerer; every search ends, once.
/// </summary>
internal sealed class SearchChecker(SearchOptions options)
{
    private readonly List<string> _violations = [];

    public Dictionary<QueryId, AskedSearch> Searches { get; } = [];

    public IReadOnlyList<string> Violations => _violations;

    public void Sends(int from, int to, int? cause, byte[] bytes)
    {
        if (!QueryBytes.IsQuery(bytes) || !Searches.TryGetValue(QueryBytes.Id(bytes), out var search))
        {
            return;
        }

        search.Messages++;
        var ring = QueryBytes.Ring(bytes);
        search.Ring = Math.Max(search.Ring, ring);
        if (to == cause)
        {
            Violate($"{from} passes a query back to {to}");
        }

        if (!search.Ways.Add((from, to, ring)))
        {
            Violate($"{from} passes ring {ring} of a query to {to} twice");
        }

        var links = QueryBytes.HopCount(bytes) + QueryBytes.TimeToLive(bytes);
        if (links > options.Rings[ring] || QueryBytes.HopCount(bytes) > SearchOptions.TimeToLiveCap)
        {
            Violate($"a query of ring {ring} may cross {links} links");
        }
    }

    public void Happened(int machine, SearchEvent happened)
    {
        switch (happened)
        {
            case SearchEvent.QueryArrived query when Searches.TryGetValue(query.Id, out var search):
                if (!search.Handled.Add(machine))
                {
                    Violate($"{machine} handles a query twice");
                }

                if (machine == search.Asker)
                {
                    Violate($"{machine} is asked what it asks");
                }

                break;
            case SearchEvent.AnswerArrived answer when Searches.TryGetValue(answer.Id, out var search):
                Take(search, machine, answer);
                break;
            case SearchEvent.SearchEnded ended when Searches.TryGetValue(ended.Id, out var search):
                if (search.HasEnded || ended.Answers != search.Answers.Count)
                {
                    Violate($"the search of {machine} ends twice, or forgets answers");
                }

                search.HasEnded = true;
                break;
        }
    }

    public void Violate(string violation)
    {
        if (_violations.Count < 100)
        {
            _violations.Add(violation);
        }
    }

    private void Take(AskedSearch search, int machine, SearchEvent.AnswerArrived answer)
    {
        var answerer = SimulatedIds.MachineOf(answer.Answerer);
        if (machine != search.Asker || search.HasEnded || !search.Answers.Add(answerer))
        {
            Violate($"{machine} is given an answer it should not have, of {answerer}");
        }

        if (!search.Handled.Contains(answerer) || (search.Holder ?? answerer) != answerer
            || System.Text.Encoding.UTF8.GetString(answer.Answer.Span) != $"{answerer}")
        {
            Violate($"the answer of {answerer} is not its own");
        }
    }
}
