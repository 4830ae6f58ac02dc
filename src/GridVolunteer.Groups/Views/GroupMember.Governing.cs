using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Views;

/// <content>
/// The coordinator of a hierarchical group: what it says, and what follows when it is lost and when it is back. Both
/// are changes of the view like any other: whoever leads proposes it by what it thinks itself, and all are told
/// by the view they agree on.
/// </content>
public sealed partial class GroupMember
{
    private CoordinatorWord? _word;
    private ulong _coordinatorLife;
    private bool _hasHeardCoordinator;

    /// <summary>True when the next view is to have another rule, or the coordinator votes in a new life.</summary>
    private bool ChangesRule => RuleDue != _channel!.View.Rule || WitnessDue != _channel.View.Witness;

    private GroupRule RuleDue
    {
        get
        {
            var view = _channel!.View;
            if (view.Coordinator is not { } coordinator || _failed.Contains(coordinator))
            {
                return GroupRule.Peers;
            }

            // It is back when it says so itself: that others do not hold it for dead is not enough.
            return view.Rule == GroupRule.Hierarchical || _hasHeardCoordinator
                ? GroupRule.Hierarchical
                : GroupRule.Peers;
        }
    }

    /// <summary>One that votes and was started anew has forgotten its votes: it votes as another from the next view on.</summary>
    private MemberLife? WitnessDue =>
        _channel!.View.Witness is { } witness && _hasHeardCoordinator && !_failed.Contains(witness.Id) && _coordinatorLife > witness.Life
            ? witness with { Life = _coordinatorLife }
            : _channel.View.Witness;

    private bool IsLetIn(ProcessId id) =>
        _channel!.View.Rule == GroupRule.Peers || _word?.LetIn.Contains(id) == true;

    private bool IsPutOut(MemberLife member) =>
        _channel!.View.Rule == GroupRule.Hierarchical && _word?.PutOut.Contains(member.Id) == true;

    // Among peers its word only tells in which life it votes.
    private bool IsServer(ProcessId id) => _channel?.View is { } view && (view.Coordinator ?? view.Witness?.Id) == id;

    private void LoseCoordinator(ProcessId failed)
    {
        if (IsServer(failed))
        {
            _hasHeardCoordinator = false;
        }
    }

    private void ReadGovern(MemberLife from, ref WireReader body)
    {
        if (_state != MemberState.In)
        {
            return;
        }

        if (!IsServer(from.Id))
        {
            Refusals.Count(RefusalReason.NotEntitled);
            return;
        }

        var word = CoordinatorWord.Read(Group, ref body);
        if (body.Failed || from.Life < _coordinatorLife)
        {
            return;
        }

        if (from.Life > _coordinatorLife || _word is null || word.Number > _word.Number)
        {
            _word = word;
        }

        _coordinatorLife = from.Life;
        _hasHeardCoordinator = !_failed.Contains(from.Id);
    }
}
