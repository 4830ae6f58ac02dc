using GridVolunteer.Groups;

namespace GridVolunteer.Simulation.Register.Checkers;

/// <summary>
/// What one member was told is dissolved, nobody is in at the end. One that still asks to be let in is not in it: it may ask
/// where nobody is left who has heard of the end.
/// </summary>
internal sealed class EndChecker(RegisterWorld world) : IRegisterChecker
{
    private readonly HashSet<GroupId> _ended = [];

    public void End(RegisterProgram observer, GroupId group) => _ended.Add(group);

    public void Conclude()
    {
        foreach (var program in world.Running)
        {
            foreach (var group in program.Memberships.Where(m => m.Value.Member.View is not null).Select(m => m.Key).Where(_ended.Contains))
            {
                world.Violate($"{program.Machine.Number} is still in {group}, which was dissolved");
            }
        }
    }
}
