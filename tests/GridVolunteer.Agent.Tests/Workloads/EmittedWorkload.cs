using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using GridVolunteer.Sdk.Hosting;

namespace GridVolunteer.Agent.Tests.Workloads;

/// <summary>Writes small assemblies as a build would: with workloads whose methods return nothing, or with anything that is wrong.</summary>
internal static class EmittedWorkload
{
    /// <summary>A build output: the assembly and its manifest.</summary>
    /// <param name="folder">Where they go.</param>
    /// <param name="types">Names of the workload classes; one that ends in '!' has a constructor that throws.</param>
    public static void Write(string folder, params string[] types)
    {
        Directory.CreateDirectory(folder);
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Emitted"), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("Emitted");

        // Something of the SDK is used even where there is no workload.
        module.DefineType("Context", TypeAttributes.Public, typeof(ComputeContext)).CreateType();
        foreach (var type in types)
        {
            DefineWorkload(module, type.TrimEnd('!'), throws: type.EndsWith('!'));
        }

        assembly.Save(Path.Combine(folder, "Emitted.dll"));
        WriteManifest(folder);
    }

    /// <summary>A build output whose assembly refers to a version of the SDK, and holds nothing.</summary>
    public static void WriteReferring(string folder, Version? sdk)
    {
        Directory.CreateDirectory(folder);
        var metadata = new MetadataBuilder();
        metadata.AddModule(0, metadata.GetOrAddString("Emitted.dll"), metadata.GetOrAddGuid(new Guid(1, 2, 3, new byte[8])), default, default);
        metadata.AddAssembly(
            metadata.GetOrAddString("Emitted"), new Version(1, 0, 0, 0), default, default, default(AssemblyFlags), default);
        metadata.AddTypeDefinition(
            default, default, metadata.GetOrAddString("<Module>"), default,
            MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        if (sdk is not null)
        {
            metadata.AddAssemblyReference(metadata.GetOrAddString("GridVolunteer.Sdk"), sdk, default, default, default(AssemblyFlags), default);
        }

        var image = new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), new BlobBuilder());
        var bytes = new BlobBuilder();
        image.Serialize(bytes);
        File.WriteAllBytes(Path.Combine(folder, "Emitted.dll"), bytes.ToArray());
        WriteManifest(folder);
    }

    public static void WriteManifest(string folder, string assembly = "Emitted.dll") => File.WriteAllText(
        Path.Combine(folder, "workload.json"), $$"""{ "name": "Emitted", "version": "0.1.0", "assembly": "{{assembly}}" }""");

    private static void DefineWorkload(ModuleBuilder module, string name, bool throws)
    {
        var type = module.DefineType(name, TypeAttributes.Public, typeof(object), [typeof(IWorkload)]);
        if (throws)
        {
            var il = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, Type.EmptyTypes).GetILGenerator();
            il.Emit(OpCodes.Ldstr, "no such luck");
            il.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor([typeof(string)])!);
            il.Emit(OpCodes.Throw);
        }

        foreach (var method in typeof(IWorkload).GetMethods())
        {
            var parameters = method.GetParameters().Select(p => p.ParameterType).ToArray();
            var built = type.DefineMethod(
                method.Name, MethodAttributes.Public | MethodAttributes.Virtual, method.ReturnType, parameters);
            var il = built.GetILGenerator();
            var result = il.DeclareLocal(method.ReturnType);
            il.Emit(OpCodes.Ldloc, result);
            il.Emit(OpCodes.Ret);
        }

        type.CreateType();
    }
}
