package io.velesdb.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between modules, what core may touch, and how things are named. */
final class ArchitectureTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.velesdb");

    private static final DescribedPredicate<JavaClass> HOSTS_AND_BINDINGS = resideInAnyPackage(
                    "io.velesdb.embedded..",
                    "io.velesdb.embedder..",
                    "io.velesdb.cli..",
                    "io.velesdb.wasm..",
                    "io.velesdb.conformance..")
            .as("hosts and bindings");

    private static final DescribedPredicate<JavaClass> CORE =
            resideInAPackage("io.velesdb..").and(not(HOSTS_AND_BINDINGS)).as("core");

    /** What a binding may see of core: the public API, the values and filters that it takes, and two enumerations. */
    private static final DescribedPredicate<JavaClass> PUBLIC = resideInAnyPackage(
                    "io.velesdb", "io.velesdb.value", "io.velesdb.filter", "io.velesdb.memory")
            .or(new DescribedPredicate<>("settings that requests are made of") {
                private static final Set<String> NAMES = Set.of(
                        "io.velesdb.vector.Metric",
                        "io.velesdb.index.hnsw.Effort",
                        "io.velesdb.index.hnsw.HnswParameters",
                        "io.velesdb.host.Cancellation",
                        "io.velesdb.host.Clock",
                        "io.velesdb.host.Diagnostics",
                        "io.velesdb.host.TextFolding");

                @Override
                public boolean test(JavaClass type) {
                    String name = type.getName();
                    return NAMES.stream().anyMatch(allowed -> name.equals(allowed) || name.startsWith(allowed + "$"));
                }
            })
            .as("the public API of core");

    private static final Set<String> EXACT_MATHEMATICS = Set.of(
            "abs",
            "addExact",
            "ceil",
            "clamp",
            "floor",
            "floorDiv",
            "floorMod",
            "max",
            "min",
            "multiplyExact",
            "rint",
            "sqrt",
            "subtractExact",
            "toIntExact");

    @Test
    void everyModuleIsLookedAt() {
        for (String name : new String[] {
            "io.velesdb.Database",
            "io.velesdb.embedded.VelesDb",
            "io.velesdb.embedder.Embedder",
            "io.velesdb.conformance.CaseRunner",
            "io.velesdb.wasm.Exports"
        }) {
            assertThat(ALL.contain(name)).as(name).isTrue();
        }
        assertThat(ALL.stream().anyMatch(resideInAPackage("io.velesdb.cli.."))).isTrue();
    }

    @Test
    void coreDependsOnNothingButPortableJava() {
        classes()
                .that(CORE)
                .should()
                .onlyDependOnClassesThat(CORE.or(resideInAnyPackage(
                        "java.lang",
                        "java.lang.invoke",
                        "java.lang.annotation",
                        "java.lang.runtime",
                        "java.math",
                        "java.nio.charset",
                        "java.util",
                        "java.util.concurrent",
                        "java.util.concurrent.atomic",
                        "java.util.function",
                        "java.util.stream",
                        "org.jspecify.annotations",
                        "")))
                .because("it runs in a browser, and I/O, threads and reflection are its hosts' (docs/architecture.md)")
                .check(ALL);
    }

    @Test
    void coreReadsNoClockStartsNoThreadAndReflectsOnNothing() {
        noClasses()
                .that(CORE)
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.lang.reflect..", "java.lang.ref..")
                        .or(namedExactly(
                                "java.lang.Thread",
                                "java.lang.Runtime",
                                "java.lang.ProcessBuilder",
                                "java.util.Random",
                                "java.util.SplittableRandom",
                                "java.util.Date",
                                "java.util.Timer",
                                "java.util.UUID",
                                "java.util.concurrent.Executors",
                                "java.util.concurrent.ThreadLocalRandom")))
                .because("the state is a function of the journal alone")
                .check(ALL);
        noClasses()
                .that(CORE)
                .should()
                .callMethodWhere(calls("java.lang.System", name -> !name.equals("arraycopy")))
                .because("of the system core needs arraycopy; time comes from the Clock port")
                .check(ALL);
        noClasses()
                .that(CORE)
                .should()
                .callMethodWhere(calls(
                        "java.lang.Class",
                        name -> name.startsWith("get") && !name.endsWith("Name") || name.equals("forName")))
                .because("the browser build has no reflection")
                .check(ALL);
    }

    @Test
    void coreComputesTheSameEverywhere() {
        noClasses()
                .that(CORE)
                .should()
                .callMethodWhere(calls("java.lang.Math", name -> !EXACT_MATHEMATICS.contains(name)))
                .because("logarithms, sines, powers and fused operations differ between hosts in the last digit")
                .check(ALL);
        noClasses()
                .that(CORE.and(not(namedExactly(
                        "io.velesdb.filter.Geo",
                        "io.velesdb.index.column.GeoBounds",
                        "io.velesdb.index.hnsw.SearchPlan"))))
                .should()
                .dependOnClassesThat(namedExactly("java.lang.StrictMath"))
                .because(
                        "only distances on the globe and the mapping of ef to a stop need it; its log is fdlibm's everywhere")
                .check(ALL);
        noClasses()
                .that(CORE)
                .should()
                .callMethodWhere(calls("java.lang.String", name -> name.equals("format") || name.equals("formatted")))
                .because("formatting depends on the locale and is slow")
                .check(ALL);
        noClasses()
                .that(CORE)
                .should()
                .callMethodWhere(
                        calls("java.lang.Double", name -> name.equals("toString") || name.equals("parseDouble"))
                                .or(DescribedPredicate.<JavaMethodCall>describe(
                                        "numbers are read from text",
                                        call -> call.getTarget()
                                                .getFullName()
                                                .equals("java.lang.Double.valueOf(java.lang.String)"))))
                .because("the browser rounds both differently: DecimalReader and DecimalWriter")
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void packagesOfCoreFormNoCycle() {
        // host and journal hold ports, whose signatures name what they carry: the vector space, the rows of the graph.
        DescribedPredicate<JavaClass> ports = resideInAnyPackage("io.velesdb.host..", "io.velesdb.journal..");
        slices().matching("io.velesdb.(**)")
                .should()
                .beFreeOfCycles()
                .because("a package is understood from those below it")
                .check(ALL.that(CORE.and(not(ports))));
    }

    @Test
    void roomsOfRunningStatementsKnowOnlyThoseBelow() {
        String top = "io.velesdb.query.exec";
        List<String> upwards = Stream.concat(
                        Stream.of("row", "expression", "step", "join", "group", "search", "match", "select")
                                .map(room -> top + "." + room),
                        Stream.of(top))
                .toList();
        assertThat(ALL.that(resideInAPackage(top + "..")).stream().map(JavaClass::getPackageName))
                .as("packages: a new one gets its place between those that it knows and those that know it")
                .containsOnlyElementsOf(upwards);
        for (int i = 0; i < upwards.size() - 1; i++) {
            noClasses()
                    .that(resideInAPackage(upwards.get(i)))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(
                            upwards.subList(i + 1, upwards.size()).toArray(String[]::new)))
                    .because("a package is understood from those below it")
                    .check(ALL);
        }
    }

    @Test
    void valuesFiltersAndVectorsKnowNothingOfTheEngine() {
        noClasses()
                .that(resideInAPackage("io.velesdb.value"))
                .should()
                .dependOnClassesThat(CORE.and(not(resideInAPackage("io.velesdb.value")))
                        .and(not(namedExactly("io.velesdb.VelesException", "io.velesdb.ErrorCode")))
                        .as("the rest of core, but for the errors"))
                .check(ALL);
        noClasses()
                .that(resideInAnyPackage("io.velesdb.filter", "io.velesdb.vector", "io.velesdb.index.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.velesdb.engine", "io.velesdb.search"))
                .check(ALL);
    }

    @Test
    void hostsDoNotKnowBindings() {
        noClasses()
                .that(resideInAnyPackage("io.velesdb.embedded..", "io.velesdb.embedder.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.velesdb.cli..", "io.velesdb.wasm..", "io.velesdb.conformance.."))
                .check(ALL);
        noClasses()
                .that(resideInAPackage("io.velesdb.embedded.."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.velesdb.embedder.."))
                .because("the engine never needs a model")
                .check(ALL);
        noClasses()
                .that(resideInAPackage("io.velesdb.embedder.."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.velesdb.embedded.."))
                .because("a model never needs a database")
                .check(ALL);
    }

    @Test
    void conformanceRunnersKnowNoBinding() {
        noClasses()
                .that(resideInAPackage("io.velesdb.conformance.."))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.velesdb.cli..", "io.velesdb.wasm..", "io.velesdb.embedder.."))
                .because("every surface brings its own adapter and runs the same cases")
                .check(ALL);
    }

    @Test
    void bindingsUseThePublicApiOnly() {
        noClasses()
                .that(resideInAPackage("io.velesdb.wasm.."))
                .should()
                .dependOnClassesThat(HOSTS_AND_BINDINGS.and(not(resideInAPackage("io.velesdb.wasm.."))))
                .because("the browser has core and nothing else")
                .check(ALL);
        noClasses()
                .that(resideInAnyPackage("io.velesdb.cli..", "io.velesdb.wasm.."))
                .should()
                .dependOnClassesThat(CORE.and(not(PUBLIC)).as("the inside of core"))
                .because("a binding holds no engine logic")
                .check(ALL);
        noClasses()
                .that(resideInAPackage("io.velesdb.cli.."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.velesdb.embedded..")
                        .and(not(resideInAPackage("io.velesdb.embedded")))
                        .and(not(namedExactly("io.velesdb.embedded.vector.KernelReport")))
                        .and(not(namedExactly("io.velesdb.embedded.storage.BackupReport"))))
                .because("files and kernels are embedded's own, and only told about")
                .check(ALL);
    }

    @Test
    void namesSayTheThing() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..manager..", "..helper..", "..impl..", "..common..")
                .check(ALL);
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .check(ALL);
    }

    private static DescribedPredicate<JavaClass> namedExactly(String... names) {
        Set<String> wanted = Set.of(names);
        return new DescribedPredicate<>("are " + String.join(", ", names)) {
            @Override
            public boolean test(JavaClass type) {
                return wanted.contains(type.getName());
            }
        };
    }

    private static DescribedPredicate<JavaMethodCall> calls(String owner, Predicate<String> name) {
        return new DescribedPredicate<>("the target is one of " + owner) {
            @Override
            public boolean test(JavaMethodCall call) {
                return call.getTargetOwner().getName().equals(owner) && name.test(call.getName());
            }
        };
    }
}
