using GridVolunteer.Groups.Views;
using GridVolunteer.Groups.Wire;

namespace GridVolunteer.Groups.Tests.Views;

/// <summary>Hierarchical groups: who decides, and what follows when that one is lost.</summary>
public sealed class GroupRuleTests
{
    private static readonly ProcessId Coordinator = new(9);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Joiner_WaitsUntilTheCoordinatorLetsItIn()
    {
        var two = Make();
        two.Run(Second * 3);
        Assert.Null(two[TwoMembers.B].View);
        two.Govern(1, [TwoMembers.A, TwoMembers.B]);
        two.Run(Second * 3);
        Assert.Equal([TwoMembers.A, TwoMembers.B], two[TwoMembers.B].View!.Ids);
        Assert.Equal(GroupRule.Hierarchical, two[TwoMembers.B].View!.Rule);
    }

    [Fact]
    public void MemberThatIsPutOut_IsExcluded()
    {
        var two = Together();
        two.Govern(2, [TwoMembers.A], TwoMembers.B);
        two.Run(Second * 3);
        Assert.Equal([TwoMembers.A], two[TwoMembers.A].View!.Ids);
        Assert.IsType<GroupEvent.Excluded>(two.Events[TwoMembers.B][^1]);
    }

    [Fact]
    public void OldWord_ChangesNothing()
    {
        var two = Together();
        two.Govern(1, [TwoMembers.A], TwoMembers.B);
        two.Run(Second * 3);
        Assert.Equal(2, two[TwoMembers.A].View!.Members.Count);
    }

    [Fact]
    public void LostCoordinator_MakesPeersOfAll_AndItsWordMakesItTheCoordinatorAgain()
    {
        var two = Together();
        two.Do(TwoMembers.A, (m, o) => m.MarkFailed(Coordinator, two.Now, o));
        two.Run(Second * 2);
        AssertRule(two, GroupRule.Peers, number: 3);
        two.Do(TwoMembers.A, (m, o) => m.MarkAlive(Coordinator, two.Now, o));
        two.Run(Second * 2);
        AssertRule(two, GroupRule.Peers, number: 3);
        two.Govern(2, [TwoMembers.A, TwoMembers.B]);
        two.Run(Second * 2);
        AssertRule(two, GroupRule.Hierarchical, number: 4);
    }

    [Fact]
    public void WordOfAnother_IsRefused()
    {
        var two = Together();
        var post = new GroupPost(new GroupId(7), TwoMembers.B) { Life = 100 };
        post.Begin(GroupMessage.Govern, 0);
        new CoordinatorWord(new GroupId(7), 5, [], [TwoMembers.A]).Write(post.Writer);
        post.Send(TwoMembers.A);
        two.Do(TwoMembers.A, (m, o) => m.Receive(TwoMembers.B, post.Writer.Written, two.Now, o));
        Assert.Equal(1, two[TwoMembers.A].Refusals[RefusalReason.NotEntitled]);
        Assert.Equal(2ul, two[TwoMembers.A].View!.Number);
    }

    [Fact]
    public void Create_WithoutWitness_IsTheCallersMistake()
    {
        var member = new GroupMember(
            new GroupId(7), TwoMembers.A, 1, new() { Rule = GroupRule.Hierarchical }, witness: null, new Random(1));
        Assert.Throws<InvalidOperationException>(() => member.Create(default, new()));
    }

    [Fact]
    public void ViewOfTheTimeBeforeRules_IsReadAsOneOfPeers()
    {
        var writer = new WireWriter();
        var mark = writer.BeginRecord();
        writer.WriteVarint(3);
        writer.WriteCount(1);
        new MemberLife(TwoMembers.A, 4).Write(writer);
        writer.WriteBoolean(false);
        writer.End(mark);
        var reader = new WireReader(writer.Written);
        var view = View.Read(ref reader);
        Assert.True(reader.AtEnd);
        Assert.Equal((GroupRule.Peers, (ProcessId?)null), (view.Rule, view.Coordinator));
    }

    private static TwoMembers Make() =>
        new(new GroupOptions { Rule = GroupRule.Hierarchical }, new MemberLife(Coordinator, 1));

    private static TwoMembers Together()
    {
        var two = Make();
        two.Govern(1, [TwoMembers.A, TwoMembers.B]);
        two.Run(Second * 2);
        Assert.Equal(2ul, two[TwoMembers.B].View!.Number);
        return two;
    }

    private static void AssertRule(TwoMembers two, GroupRule rule, ulong number)
    {
        foreach (var id in new[] { TwoMembers.A, TwoMembers.B })
        {
            Assert.Equal((number, rule), (two[id].View!.Number, two[id].View!.Rule));
        }
    }
}
